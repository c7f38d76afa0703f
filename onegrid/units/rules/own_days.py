"""Days that people set otherwise, for a whole calendar or one unit: what can be kept, and in which words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from onegrid.core.errors import InvalidInputError, NotFoundError
from onegrid.units.rules.week import WrongCalendarError, spans_of

LONGEST: Final = 366  # days set at once
FURTHEST: Final = 10  # years; a later one is a slip of the pen
LONGEST_REASON: Final = 200


class UnknownFollowerError(NotFoundError):
    """There is no such calendar, or no such unit, whose days could be set."""


class DayNotSetError(NotFoundError):
    """Nobody has set a day that is to be as usual again."""


class WrongDayError(InvalidInputError):
    """Days cannot be set like this; `fields` says what is wrong with which."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(next(iter(fields.values())), fields=fields)


@dataclass(frozen=True, kw_only=True)
class Whose:
    """Whose days: those of a whole calendar, or of one unit, by its code."""

    calendar: str = ""
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class SpanOfDays:
    """Some days in a row, from the first to the last of them."""

    first: date
    last: date

    def __iter__(self) -> Iterator[date]:
        return map(date.fromordinal, range(self.first.toordinal(), self.last.toordinal() + 1))


@dataclass(frozen=True, kw_only=True)
class DaysPlan:
    """What some days are to be; no spans on working days mean the usual ones."""

    days: SpanOfDays
    is_working: bool
    spans: Sequence[Sequence[str]] = ()
    reason: str


def why_not_reachable(days: SpanOfDays, *, today: date) -> dict[str, str]:
    """Return why days cannot be set, by the field that is wrong; nothing if they can."""
    if days.last < days.first:
        return {"until": _("The end lies before the beginning.")}
    if days.first < today:
        text = _("%(day)s is over: what was reckoned with it stays, and what was late stays late.")
        return {"day": text % {"day": days.first}}
    if days.last.year > today.year + FURTHEST:
        return {"until": _("%(day)s lies more than ten years ahead.") % {"day": days.last}}
    if (days.last - days.first).days >= LONGEST:
        return {"until": _("At most %(days)d days at once.") % {"days": LONGEST}}
    return {}


def why_not_withdrawn(days: SpanOfDays, *, today: date) -> dict[str, str]:
    """Return why days cannot be withdrawn, by the field that is wrong; nothing if any of them is not over."""
    if days.last < days.first:
        return {"until": _("The end lies before the beginning.")}
    if days.last < today:
        text = _("%(day)s is over: what was reckoned with it stays.")
        return {"day": text % {"day": days.last}}
    return {}


def why_not_kept(plan: DaysPlan) -> dict[str, str]:
    """Return why working time and reason of days cannot be kept, by the field that is wrong; nothing if they can."""
    faults = {}
    if not plan.reason.strip():
        faults["reason"] = _("Say why these days are not as usual: who asks about a time limit will read it.")
    if len(plan.reason.strip()) > LONGEST_REASON:
        faults["reason"] = _("A reason has at most %(count)d characters.") % {"count": LONGEST_REASON}
    if plan.spans and not plan.is_working:
        faults["spans"] = _("A day that is not worked has no working time.")
    try:
        spans_of(plan.spans)
    except WrongCalendarError as error:
        faults["spans"] = str(error)
    return faults
