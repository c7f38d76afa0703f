"""Whether it was decided which unit a case belongs to: who was named cannot say again that it is not theirs."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from onegrid.cases.models import Case, EntryKind, TimelineEntry
from onegrid.cases.states import Move
from onegrid.core.moments import day_named
from onegrid.units.public import directory


def why_not_disown(case: Case) -> str:
    """
    Return why the unit that leads a case cannot say that it is not its own: a decision gave it the case.

    Nothing where there is none, where it named another unit, or where the category has changed since: that is
    something new. One statement.
    """
    telling = Q(kind=EntryKind.MOVE, move=Move.SETTLE) | Q(kind=EntryKind.CHANGE, data__has_key="category")
    return _why_not(case, TimelineEntry.objects.filter(telling, case=case).order_by("received_at", "id").last())


def why_not_disown_as_told(case: Case, timeline: Iterable[TimelineEntry]) -> str:
    """Return the same from a timeline that was read before, in any order; asks nothing."""
    telling = [entry for entry in timeline if entry.move == Move.SETTLE or _is_of_category(entry)]
    return _why_not(case, max(telling, key=lambda entry: (entry.received_at, entry.pk), default=None))


def _is_of_category(entry: TimelineEntry) -> bool:
    return entry.kind == EntryKind.CHANGE and "category" in entry.data


def _why_not(case: Case, found: TimelineEntry | None) -> str:
    lead = directory().by_id.get(case.lead_unit_id) if case.lead_unit_id else None
    if found is None or lead is None or found.data.get("lead") != lead.code:
        return ""
    text = _(
        "It was decided on %(day)s, by %(name)s, that this case is yours; that stands unless its category changes."
    )
    return text % {"day": day_named(localtime(found.happened_at)), "name": found.by_name}
