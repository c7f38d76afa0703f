"""Change what is known of a case without moving it: its category, place, title, and notes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.cases.actions.index_words import refresh_words
from onegrid.cases.actions.insert_case import ReplayedWithAnotherBodyError
from onegrid.cases.actions.lifecycle import actor, add_entry, holder_for, keep_late_whole, open_case, stage_left, target
from onegrid.cases.actions.reckon_clocks import CLOCK_FIELDS, catch_up, reckon
from onegrid.cases.actions.triage_case import CaseNotReadyError, category_for_filing
from onegrid.cases.models import Case, EntryKind, TimelineEntry, Visibility
from onegrid.cases.states import IllegalMoveError
from onegrid.catalogue.public import Sensitivity
from onegrid.core.errors import InvalidInputError
from onegrid.geography.public import Location
from onegrid.oversight.public import record


@transaction.atomic(durable=True)
def recategorize_case(
    *, case_id: UUID, version: int, category_code: str, by: User, at: datetime, reason: str = ""
) -> Case:
    """
    Put an open case under another category; the running clock keeps what it has used and takes the new limit.

    That the stage, or the whole, was late until then stays: the timeline keeps it, and it is counted as late.

    :raises CaseNotReadyError: if the category is no leaf in force, is the same, or the case is late without a reason.
    :raises IllegalMoveError: if the case is over.
    """
    case = open_case(case_id, by=by, permission="cases.recategorize", version=version)
    _require_open(case)
    entry = category_for_filing(category_code)
    if entry.id == case.category_id:
        message = _("The case stands under this category already.")
        raise CaseNotReadyError(message, fields={"category": message})
    catch_up(case, at=at)
    left = {**stage_left(case, at), **keep_late_whole(case, at)}
    if (left.get("late") or left.get("whole_late")) and not reason.strip():
        message = _("Say why: the case is late already, and that stays in the timeline.")
        raise CaseNotReadyError(message, fields={"reason": message})
    before = {"from": str(case.category_id or ""), "now": str(entry.id)}
    case.category_id, case.is_urgent, case.version = entry.id, entry.is_urgent, case.version + 1
    case.is_public = entry.sensitivity != Sensitivity.CLOSED
    reckon(case, at=at)
    case.save(update_fields=["category", "is_urgent", "is_public", "version", "passed_due_at", *CLOCK_FIELDS])
    data = {"category": entry.code, "category_version": entry.version, "categories": before, **left}
    add_entry(case, EntryKind.CHANGE, by=by, at=at, text=reason.strip(), data=data)
    record("cases.recategorize", target=target(case), by=actor(by), at=at, data=data)
    return case


@transaction.atomic(durable=True)
def relocate_case(
    *,
    case_id: UUID,
    version: int,
    location: Location,
    original: tuple[float, float],
    system: str,
    by: User,
    at: datetime,
    address: str = "",
) -> Case:
    """
    Correct where a case lies, with all areas that follow from it; the place sent first stays in the timeline.

    Where a centre or a grid team has it, that of the new place has it now, and nobody is named. The clock that runs
    goes on until the next move as it was promised.

    :raises IllegalMoveError: if the case is over.
    """  # fmt: skip
    case = open_case(case_id, by=by, permission="cases.relocate", version=version)
    _require_open(case)
    data = {"from": {"grid": case.grid_code, "lon": case.place.lon, "lat": case.place.lat}, "to": location.grid.code}
    case.place, case.area_path = location.point, location.grid.path
    (case.original_x, case.original_y), case.original_system = original, system
    case.grid_id, case.grid_code, case.grid_name = location.grid.id, location.grid.code, location.grid.name
    case.community_code, case.community_name = location.community.code, location.community.name
    case.township_code, case.township_name = location.township.code, location.township.name
    case.address = address or case.address
    if (holder := holder_for(case)) != case.holder_unit_id:
        case.holder_unit_id, case.assignee_id = holder, None
    case.version += 1
    case.save(
        update_fields=[
            "holder_unit", "assignee", "place", "area_path", "original_x", "original_y", "original_system", "grid",
            "grid_code", "grid_name", "community_code", "community_name", "township_code", "township_name", "address",
            "version",
        ]
    )  # fmt: skip
    refresh_words(case)
    add_entry(case, EntryKind.CHANGE, by=by, at=at, visibility=Visibility.INTERNAL, data=data)
    record("cases.relocate", target=target(case), by=actor(by), at=at, data={"to": location.grid.code})
    return case


@transaction.atomic(durable=True)
def add_note(
    *, case_id: UUID, text: str, visibility: Visibility, by: User, at: datetime, note_id: UUID | None = None
) -> TimelineEntry:
    """
    Write a note into the timeline, for colleagues or for everybody. It moves nothing and conflicts with nothing.

    `note_id` was made where it was written; sending the same note twice changes nothing.

    :raises InvalidInputError: if it says nothing.
    :raises ReplayedWithAnotherBodyError: if the id was used before for another note.
    """
    case = open_case(case_id, by=by, permission="cases.note")
    if not text.strip():
        message = _("Write something.")
        raise InvalidInputError(message, fields={"text": message})
    if note_id and (known := TimelineEntry.objects.filter(pk=note_id).first()):
        if (known.case_id, known.by_user_id, known.text, known.visibility) != (
            case.pk,
            by.pk,
            text.strip(),
            visibility,
        ):
            raise ReplayedWithAnotherBodyError(_("This id was used before for another note. Make a new one."))
        return known
    record("cases.note", target=target(case), by=actor(by), at=at, data={"visibility": visibility.value})
    return add_entry(case, EntryKind.NOTE, by=by, at=at, text=text.strip(), visibility=visibility, entry_id=note_id)


def _require_open(case: Case) -> None:
    if case.ended_at is not None:
        raise IllegalMoveError(_("This case is over; reopen it first."))
