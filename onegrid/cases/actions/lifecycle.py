"""
Lock a case and move it on. Every change of status in the system passes through here.

A move is one row changed, one timeline entry, one line of the audit trail and
one fact after the commit: all of it, or none of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from onegrid.accounts.public import User, live_duties, require
from onegrid.cases.actions.note_change import as_found, note_change
from onegrid.cases.actions.reckon_clocks import CLOCK_FIELDS, catch_up, mark_move, reckon
from onegrid.cases.models import (
    REPORTERS_OWN,
    Case,
    Channel,
    EntryKind,
    SupervisionOrder,
    TimelineEntry,
    TimeRequest,
    TimeState,
    Visibility,
)
from onegrid.cases.readers.clocks import kept_marks_of, terms_of
from onegrid.cases.readers.more_time import WORKED_ON
from onegrid.cases.rules.absence import CaseNotFoundError
from onegrid.cases.states import ENDED, STAGE_OF, Move, Stage, Status, after
from onegrid.core.errors import DomainError
from onegrid.core.facts import Fact, announce
from onegrid.core.ids import new_id
from onegrid.oversight.public import Actor, record
from onegrid.units.public import directory, kept_unit_name

LIFECYCLE_FIELDS = (
    "status", "outcome", "outcome_note", "category", "title", "lead_unit", "holder_unit", "assignee", "handled_by",
    "verified_by", "filed_at", "stage_started_at", "ended_at", "return_count", "rework_count", "reopen_count",
    "is_urgent", "is_public", "merged_into", "level", "version", "passed_due_at", *CLOCK_FIELDS,
)  # fmt: skip


class StaleCaseError(DomainError):
    """Somebody else changed the case after this person last saw it."""

    def __init__(self, message: str, *, version: int) -> None:
        self.version = version
        super().__init__(message)

    def details(self) -> Mapping[str, object]:
        """Name the version that stands now."""
        return {"current_version": self.version}


@dataclass(frozen=True, kw_only=True)
class CaseMoved(Fact):
    """A case has made a move."""

    case_id: UUID
    move: Move
    at: datetime


@dataclass(frozen=True, kw_only=True)
class EntryAdded(Fact):
    """
    An entry was written into the timeline of a case.

    `is_reporters` where somebody wrote it by their private link.
    """

    entry_id: UUID
    kind: EntryKind
    move: Move | None
    data: Mapping[str, object]
    is_reporters: bool


def open_case(
    case_id: UUID, *, by: User, permission: str, version: int | None = None, unit_bound: bool = False
) -> Case:
    """
    Fetch one case for a change and hold its row until the caller's transaction ends.

    `version` is the one the person saw; `unit_bound` asks the permission of the
    lead unit rather than of the place.

    :raises CaseNotFoundError: if there is none that `by` may see.
    :raises NotAllowedError: if their duties do not allow the permission on it.
    :raises StaleCaseError: if somebody changed it since that version.
    """
    case = hold_case(case_id, by=by)
    units = (case.lead_unit_id,) if unit_bound else (case.holder_unit_id,)
    require(by, permission, area_path=case.area_path, unit_ids=units)
    if version is not None and version != case.version:
        raise StaleCaseError(_why_stale(case), version=case.version)
    return case


def hold_case(case_id: UUID, *, by: User) -> Case:
    """
    Fetch one case that somebody sees and hold its row until the caller's transaction ends; what they may is not asked.

    :raises CaseNotFoundError: if there is none that `by` may see.
    """
    case = Case.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=case_id).first()
    if case is None:
        raise CaseNotFoundError(_("There is no such case, or it is not yours to see."))
    case.as_found = as_found(case)
    return case


# What may have changed the version of a case.
_TELLING = (EntryKind.MOVE, EntryKind.CHANGE, EntryKind.EXTENSION, EntryKind.SUPERVISION, EntryKind.APPEAL)


def _why_stale(case: Case) -> str:
    last = case.timeline.filter(kind__in=_TELLING).order_by("-received_at", "-id").first()
    if last is None:
        return _("This case has changed since you opened it; what you sent was not applied.")
    what = Move(last.move).label if last.move else EntryKind(last.kind).label
    return _("%(who)s (%(unit)s) has meanwhile done “%(what)s” on this case; what you sent was not applied.") % {
        "who": last.by_name or _("The system"),
        "unit": kept_unit_name(last.unit_name) or "–",
        "what": what,
    }


def limits_of(case: Case) -> Mapping[str, float]:
    """Return the stage limits (hours) of the category version the case stands under."""
    return terms_of(case).limits


def holder_for(case: Case) -> UUID | None:
    """
    Return the unit that must act at the case's stage.

    The lead unit handles; a check on the spot is the grid team's; all else is the
    centre's at the case's level, or the district's where that centre itself leads. A
    dispute is decided at the district, above those who argue.
    """
    stage = STAGE_OF.get(Status(case.status))
    if stage == Stage.HANDLE:
        return case.lead_unit_id
    units = directory()
    if stage == Stage.CHECK and (team := units.grid_team(case.area_path)):
        return team.id
    is_above = case.level == "district" or stage == Stage.DISPUTE
    path = case.area_path.split("/", maxsplit=1)[0] if is_above else case.area_path
    centre = units.centre(path)
    if centre and stage == Stage.VERIFY and centre.id == case.lead_unit_id:
        centre = units.centre(centre.area_path.rpartition("/")[0]) or centre
    return centre.id if centre else None


def advance(case: Case, move: Move, *, at: datetime, is_reckoned: bool = False) -> dict[str, object]:
    """
    Make one move on a case in memory; return what the timeline keeps of the stage that ends.

    Stage, clocks and holder follow from the new status. `is_reckoned` says that since its clocks were reckoned
    neither its category nor a calendar has changed.

    :raises IllegalMoveError: if the case's status does not allow the move.
    """
    if not is_reckoned:
        catch_up(case, at=at)
    previous, left, before = Status(case.status), stage_left(case, at), kept_marks_of(case)
    case.status = status = after(move, previous)
    is_new_stage = STAGE_OF.get(previous) != STAGE_OF.get(status)
    if is_new_stage:
        case.stage_started_at = at
    case.ended_at = at if status in ENDED else None
    holder = holder_for(case)
    if holder != case.holder_unit_id:
        case.holder_unit_id, case.assignee_id = holder, None
    if status in ENDED:
        case.holder_unit_id, case.assignee_id = None, None
    mark_move(case, move, before=before, at=at)
    if status != Status.SUSPENDED:
        case.suspended_until = None
    if status in ENDED:
        case.stage_due_at, case.stage_yellow_at, case.warn_at = None, None, None
    else:
        reckon(case, at=at, is_new_stage=is_new_stage)
    case.version += 1
    return {"from": previous.value, "to": status.value, **left}


def move_case(
    case: Case,
    move: Move,
    *,
    by: User | None,
    at: datetime,
    text: str = "",
    visibility: Visibility = Visibility.PUBLIC,
    data: Mapping[str, object] | None = None,
    channel: Channel = Channel.DESK,
    heard_at: datetime | None = None,
) -> TimelineEntry:
    """
    Make one move in the life of a locked case, and write it down.

    What else the caller changed on the case is saved with it. `heard_at` is given where the move happened before.

    :raises IllegalMoveError: if the case's status does not allow the move.
    """  # fmt: skip
    case.as_found = case.as_found or as_found(case)
    moved = advance(case, move, at=at)
    case.save(update_fields=LIFECYCLE_FIELDS)
    if Status(str(moved["from"])) in WORKED_ON and case.status not in {*WORKED_ON, Status.SUSPENDED}:
        asked = TimeRequest.objects.filter(case=case, state=TimeState.PENDING)
        asked.update(state=TimeState.LAPSED, ended_at=heard_at or at)
    if case.as_found["lead"] not in {None, str(case.lead_unit_id)}:  # who was to answer has it no more
        SupervisionOrder.objects.open().filter(case=case).update(withdrawn_at=heard_at or at)
    announce(CaseMoved(case_id=case.pk, move=move, at=at))
    details = {**moved, **(data or {})}
    record(f"cases.{move.value}", target=target(case), by=actor(by), at=heard_at or at, data=details)
    return add_entry(
        case, EntryKind.MOVE, move=move, by=by, at=at, text=text, visibility=visibility, data=details, channel=channel,
        heard_at=heard_at,
    )  # fmt: skip


def stage_left(case: Case, at: datetime) -> dict[str, object]:
    """Keep of the stage that ends what nobody may rewrite: whose it was, until when it was due, whether it was late."""
    if not case.stage_due_at:
        return {}
    stage = STAGE_OF.get(Status(case.status))
    holder = directory().by_id.get(case.holder_unit_id) if case.holder_unit_id else None
    return {
        "stage": stage.value if stage else "",
        **({"held_by": holder.code} if holder else {}),
        "due_at": case.stage_due_at.isoformat(),
        "late": at > case.stage_due_at,
    }


def keep_late_whole(case: Case, at: datetime) -> dict[str, object]:
    """
    Keep on a case in memory that it is late as a whole, before its limit is moved; return what the timeline keeps.

    Nothing where it is not late yet, as far as it is known at that moment.
    """
    if case.due_at is None or at <= case.due_at:
        return {}
    case.passed_due_at = case.passed_due_at or case.due_at
    return {"whole_late": True, "whole_due_at": case.due_at.isoformat()}


def add_entry(
    case: Case,
    kind: EntryKind,
    *,
    by: User | None,
    at: datetime,
    text: str = "",
    move: Move | None = None,
    visibility: Visibility = Visibility.PUBLIC,
    data: Mapping[str, object] | None = None,
    channel: Channel = Channel.DESK,
    entry_id: UUID | None = None,
    heard_at: datetime | None = None,
) -> TimelineEntry:
    """
    Write one entry of the timeline, in the caller's transaction, with names as they stand.

    What a case changes in is told to the pages that are open by the same call.
    """  # fmt: skip
    note_change(case, kind=move.value if move else kind.value, text=text)
    entry = TimelineEntry.objects.create(
        id=entry_id or new_id(),
        case=case,
        kind=kind,
        move=move or "",
        visibility=visibility,
        text=text,
        by_user=by,
        by_name=by.display_name if by else "",
        unit_name=unit_name_of(by, case) if by else "",
        channel=channel,
        happened_at=at,
        received_at=heard_at or at,
        data=dict(data or {}),
    )
    is_reporters = by is None and channel in REPORTERS_OWN
    announce(EntryAdded(entry_id=entry.pk, kind=kind, move=move, data=entry.data, is_reporters=is_reporters))
    return entry


def unit_name_of(user: User, case: Case) -> str:
    """Return for which of their units somebody acts on a case: the one that holds or leads it, else their first."""
    units = [duty.unit for duty in live_duties(user)]
    concerned = [unit for unit in units if unit.pk in {case.holder_unit_id, case.lead_unit_id}]
    return (concerned or units)[0].name if units else ""


def actor(user: User | None) -> Actor:
    """Return who acts, as the audit trail names them."""
    if user is None:
        return Actor("anonymous")
    duties = live_duties(user)
    return Actor(user.username, duties[0].unit.code if duties else "")


def target(case: Case) -> str:
    """Return how the audit trail names the case."""
    return f"cases.Case:{case.pk}"
