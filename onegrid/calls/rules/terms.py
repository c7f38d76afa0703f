"""For how long each kind of call may run, which units may issue it, and for how long its words are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from onegrid.calls.states import Kind

KEPT_DAYS = 30  # after the end, where the pack does not say


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The most days a call runs, and the functions of the units that issue it; without any, none does."""

    most_days: int
    functions: frozenset[str]


def terms_in(said: Mapping[str, Any]) -> Mapping[Kind, Terms]:
    """Return the terms of each kind that a pack allows; a kind that it does not name cannot be issued."""
    return {
        Kind(fact["kind"]): Terms(most_days=int(fact["most_days"]), functions=frozenset(fact["functions"]))
        for fact in said.get("kinds", [])
    }


def why_not_until(ends_on: date, *, terms: Terms, today: date) -> str:
    """Return why a call may not end on a day; nothing if it may."""
    if ends_on <= today:
        return _("It must end after today.")
    last = today + timedelta(days=terms.most_days)
    if ends_on > last:
        return _("An appeal of this kind ends at the latest on %(day)s.") % {"day": last.isoformat()}
    return ""
