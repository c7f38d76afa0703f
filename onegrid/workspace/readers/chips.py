"""The filters in force, as the queue, the map and papers say them: name, value, and the address without each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django_stubs_ext import StrPromise

from onegrid.cases.public import NONE, Handled
from onegrid.catalogue.public import catalogue
from onegrid.units.public import directory
from onegrid.workspace.readers.areas import area_name
from onegrid.workspace.rules.filters import Filters


@dataclass(frozen=True, kw_only=True)
class Chip:
    """One filter in force: what it says, and the address without it."""

    name: str
    value: str
    url: str


def chips(filters: Filters) -> list[Chip]:
    """Return the filters in force in words, each with the address without it."""
    chosen = {name for name, _word in filters.words}
    found = [(key, *say(filters)) for key, say in _CHIPS.items() if key in chosen]
    return [Chip(name=name, value=value, url=filters.query(without=[key])) for key, name, value in found if value]


def _category_chip(filters: Filters) -> tuple[str, str]:
    kind = catalogue().by_code.get(filters.category)
    said = _("no category yet") if filters.category == NONE else filters.category
    return _("Category"), kind.trailed(get_language() or "") if kind else said


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


# What each filter is called and says, asked only of those in force.
_CHIPS: Mapping[str, Callable[[Filters], tuple[str, str]]] = {
    "status": lambda filters: (_("Status"), ", ".join(str(status.label) for status in filters.status)),
    "due": lambda filters: (_("Due"), str(filters.due.label) if filters.due else ""),
    "days": lambda filters: (_("Time of report"), _("last %(days)d days") % {"days": filters.days}),
    "category": _category_chip,
    "area": lambda filters: (_("Area"), area_name(filters.area)),
    "channel": lambda filters: (_("Channel"), str(filters.channel.label) if filters.channel else ""),
    "urgent": lambda filters: (_("Urgent"), _yes_no(filters.urgent)),
    "simulated": lambda filters: (_("Simulated"), _yes_no(filters.simulated)),
    "ended": lambda _filters: (_("Ended"), _("shown too")),
    "q": lambda filters: (_("Search"), filters.q),
    "came_from": lambda filters: (_("Reported from"), _day(filters.came_from)),
    "came_to": lambda filters: (_("Reported until"), _day(filters.came_to)),
    "ended_from": lambda filters: (_("Ended from"), _day(filters.ended_from)),
    "ended_to": lambda filters: (_("Ended until"), _day(filters.ended_to)),
    "handled_from": lambda filters: (_("Out of its hands from"), _day(filters.handled_from)),
    "handled_to": lambda filters: (_("Out of its hands until"), _day(filters.handled_to)),
    "lead": lambda filters: (_("Lead unit"), _unit_named(filters.lead)),
    "holder": lambda filters: (_("Held by"), _unit_named(filters.holder)),
    "returned": lambda _filters: (_("Returned"), _("at least once")),
    "missed": lambda _filters: (_("Ended"), _("after it was due")),
    "late_in": lambda filters: (_("Late in"), str(filters.late_in.label) if filters.late_in else ""),
    "exempt": lambda _filters: (_("Lateness"), _("not counted after an appeal")),
    "handled": lambda filters: (_("Handling"), str(_HANDLED[filters.handled]) if filters.handled else ""),
    "handled_by": lambda filters: (_("Handled by"), _unit_named(filters.handled_by)),
}
_HANDLED: Mapping[Handled, StrPromise] = {
    Handled.LEFT: gettext_lazy("out of the unit's hands"),
    Handled.LATE: gettext_lazy("late, as it was"),
    Handled.COUNTED: gettext_lazy("late, as it is counted"),
    Handled.EXEMPT: gettext_lazy("late, not counted after an appeal"),
}


def _unit_named(code: str) -> str:
    unit = directory().by_code.get(code)
    return _("none") if code == NONE else unit.named(get_language() or "") if unit else code


def _yes_no(value: bool | None) -> str:  # noqa: FBT001 — a value to be said
    return "" if value is None else (_("yes") if value else _("no"))
