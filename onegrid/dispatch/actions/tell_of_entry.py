"""
Tell people what has come to them by an entry of a timeline.

The entry is the source: it was written with the change itself, and so was the job that calls this.
It is told once, whoever asks for it again, and not at all where it has been overtaken meanwhile.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from onegrid.cases.public import STAGE_OF, Case, EntryAdded, EntryKind, Move, Status, TimelineEntry
from onegrid.dispatch.readers.people import is_pressing, ladder_of, named, people_above, people_of
from onegrid.dispatch.rules.escalation import DECIDES_AT, DO_TASK, NEXT, responsible
from onegrid.dispatch.rules.telling import What, what_of
from onegrid.dispatch.rules.wording import ADDED, CAME
from onegrid.notifications.public import Notice, tell
from onegrid.units.public import directory

TELL = "onegrid.dispatch.tasks.tell_of"


def have_told(fact: EntryAdded) -> None:
    """Put the telling of an entry into the queue, in the transaction that writes it: neither is lost. One statement."""
    if what_of(fact.kind, fact.move, fact.data, is_reporters=fact.is_reporters):
        app.configure_task(TELL).defer(entry_id=str(fact.entry_id))


@transaction.atomic(durable=True)
def tell_of_entry(*, entry_id: UUID, at: datetime) -> int:
    """Tell whom an entry concerns, but not its author; return how many notices were new."""
    entry = TimelineEntry.objects.select_related("case").filter(pk=entry_id).first()
    what = _what(entry) if entry else None
    if entry is None or what is None or _is_overtaken(entry):
        return 0
    case = entry.case
    unit = directory().by_name.get(entry.data["unit"]) if what == What.TASK else None
    unit = unit or (directory().by_id.get(case.holder_unit_id) if case.holder_unit_id else None)
    data = {
        "what": what.value,
        "number": case.number,
        "due_at": case.stage_due_at.isoformat() if case.stage_due_at and what != What.TASK else "",
        "place": case.township_name,
        "unit": unit.name if unit else "",
        "unit_en": unit.name_en if unit else "",
        **named(case.category_id),
    }
    notices = [
        Notice(
            kind=(ADDED if what == What.ADDED else CAME).code,
            key=str(entry.pk),
            recipient=user_id,
            path=f"/cases/{case.number}/",
            data=data,
            is_urgent=is_pressing(case.category_id, is_urgent=case.is_urgent),
        )
        for user_id in sorted(_concerned(case, entry, what, unit_id=unit.id if unit else None))
        if user_id != entry.by_user_id
    ]
    return tell(notices, at=at)


def _what(entry: TimelineEntry) -> What | None:
    is_reporters = entry.by_user_id is None and entry.channel == "portal"
    move = Move(entry.move) if entry.move else None
    return what_of(EntryKind(entry.kind), move, entry.data, is_reporters=is_reporters)


def _is_overtaken(entry: TimelineEntry) -> bool:
    """Tell whether the case has gone on since, so that who was to act has no more to do."""
    case = entry.case
    if case.ended_at is not None:
        return True
    return bool(entry.move) and entry.data.get("to") != case.status


def _concerned(case: Case, entry: TimelineEntry, what: What, *, unit_id: UUID | None) -> Iterable[UUID]:
    if what == What.GIVEN:
        assignee = case.assignee
        return {assignee.pk} if assignee and assignee.display_name == entry.data["assignee"] else ()
    if what == What.TIME_ASKED:
        return _deciding(case, level=entry.data["level"])
    own = people_of({unit_id} if unit_id else ()).of_unit.get(unit_id, ())
    if what == What.TASK:
        return responsible(own, permission=DO_TASK, area_path=case.area_path)
    # Rework is for whoever said that it was done, as long as they work there.
    hand = case.handled_by_id if what == What.REWORK else case.assignee_id
    return responsible(own, permission=NEXT[STAGE_OF[Status(case.status)]], area_path=case.area_path, assignee=hand)


def _deciding(case: Case, *, level: str) -> Iterable[UUID]:
    """Return those whose post decides on a request of a level."""
    people = people_above([(case.holder_unit_id, case.area_path)])
    stage = STAGE_OF[Status(case.status)]
    ladder = ladder_of(people, holder_id=case.holder_unit_id, stage=stage, assignee_id=None, area_path=case.area_path)
    return ladder[DECIDES_AT[level]]
