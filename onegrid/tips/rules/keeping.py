"""How long a tip is kept: days from its last word, fewer once it is closed; a warning before; longer once."""

from datetime import date, timedelta
from typing import NamedTuple

from onegrid.tips.states import Status


class Term(NamedTuple):
    """For how many days a channel keeps tips, and how long before the end it warns."""

    open_days: int
    closed_days: int
    warning_days: int


def delete_on(term: Term, *, status: Status, today: date) -> date:
    """Return the day on which a tip goes if nothing more happens to it."""
    days = term.closed_days if status is Status.CLOSED else term.open_days
    return today + timedelta(days=days)


def is_warned(day: date, *, warning_days: int, today: date) -> bool:
    """Tell whether the day of deletion is so near that readers are told."""
    return day - today <= timedelta(days=warning_days)
