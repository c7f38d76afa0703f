"""
Tell people what has come to them by an entry of a timeline.

The entry is the source: it was written with the change itself, and so was the job that calls this.
It is told once, whoever asks for it again, and not at all where it has been overtaken meanwhile.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from onegrid.cases.public import REPORTERS_OWN, Case, EntryAdded, EntryKind, Move, TimelineEntry
from onegrid.dispatch.readers.concerned import concerned, due_of, is_overtaken, unit_meant
from onegrid.dispatch.readers.people import is_pressing, named
from onegrid.dispatch.rules.telling import What, whats_of
from onegrid.dispatch.rules.wording import kind_of
from onegrid.notifications.public import Notice, tell
from onegrid.units.public import UnitEntry

TELL = "onegrid.dispatch.tasks.tell_of"


def have_told(fact: EntryAdded) -> None:
    """Put the telling of an entry into the queue, in the transaction that writes it: neither is lost. One statement."""
    if whats_of(fact.kind, fact.move, fact.data, is_reporters=fact.is_reporters):
        app.configure_task(TELL).defer(entry_id=str(fact.entry_id))


@transaction.atomic(durable=True)
def tell_of_entry(*, entry_id: UUID, at: datetime) -> int:
    """Tell whom an entry concerns, but not its author, each of one thing; return how many notices were new."""
    entry = TimelineEntry.objects.select_related("case").filter(pk=entry_id).first()
    if entry is None:
        return 0
    case, told = entry.case, set[UUID]()
    notices: list[Notice] = []
    for what in _whats(entry):
        if is_overtaken(case, entry, what):
            continue
        new = set(concerned(case, entry, what)) - told - {entry.by_user_id}
        told |= new
        unit, due = unit_meant(case, entry, what), due_of(case, entry, what)
        notices += (notice(case, what, key=str(entry.pk), to=user_id, unit=unit, due_at=due) for user_id in sorted(new))
    return tell(notices, at=at)


def notice(case: Case, what: What, *, key: str, to: UUID, unit: UnitEntry | None, due_at: str) -> Notice:
    """Return what somebody is told about a case; it names a unit and says until when something is due."""
    data: Mapping[str, object] = {
        "what": what.value,
        "number": case.number,
        "due_at": due_at,
        "place": case.township_name,
        "unit": unit.name if unit else "",
        "unit_en": unit.name_en if unit else "",
        **named(case.category_id),
    }
    # Units that were only heard see the case no more once it is decided; the decision they can read.
    path = "/disputes/" if what == What.DECIDED else f"/cases/{case.number}/"
    is_urgent = is_pressing(case.category_id, is_urgent=case.is_urgent)
    return Notice(kind=kind_of(what).code, key=key, recipient=to, path=path, data=data, is_urgent=is_urgent)


def _whats(entry: TimelineEntry) -> tuple[What, ...]:
    is_reporters = entry.by_user_id is None and entry.channel in REPORTERS_OWN
    move = Move(entry.move) if entry.move else None
    return whats_of(EntryKind(entry.kind), move, entry.data, is_reporters=is_reporters)
