"""At which times of the week a set of rules may answer differently: so that cases can be counted together between."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from onegrid.dispatch.rules.routing import Rule

_MONDAY = datetime(2024, 1, 1)  # noqa: DTZ001 — any Monday does: only weekday and hour are read


def boundaries(rules: Iterable[Rule]) -> list[time]:
    """Return the times of day at which some rule begins or ends to hold, in order."""
    return sorted({moment for rule in rules for moment in (rule.from_time, rule.to_time) if moment is not None})


def has_weekdays(rules: Iterable[Rule]) -> bool:
    """Tell whether some rule holds only on some days of the week."""
    return any(rule.weekdays for rule in rules)


def moment_in_week(weekday: int, moment: time) -> datetime:
    """Return a local moment on an ISO weekday (1 Monday) at a time of day."""
    return datetime.combine(_MONDAY + timedelta(days=weekday - 1), moment)
