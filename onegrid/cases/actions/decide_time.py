"""Decide on a request for more time: by another person than the one who asks, at the level that the catalogue says."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import User, duties_granting
from onegrid.cases.actions.ask_time import note_request, procedure_of, said_of, waiting_request
from onegrid.cases.actions.lifecycle import keep_late_whole, move_case, open_case
from onegrid.cases.actions.reckon_clocks import CLOCK_FIELDS, catch_up, extend
from onegrid.cases.models import Case, TimeKind, TimeRequest, TimeState, Visibility
from onegrid.cases.readers.clocks import terms_of
from onegrid.cases.readers.more_time import GRANT_IN_UNIT, IN_THE_UNIT, decides, granted_of, permission_at
from onegrid.cases.rules import more_time
from onegrid.cases.states import Move, Stage
from onegrid.core.errors import InvalidInputError, NotAllowedError
from onegrid.core.facts import Fact, announce


class OwnRequestError(NotAllowedError):
    """Who asks for time does not grant it (DESIGN §3.6)."""


@dataclass(frozen=True, kw_only=True)
class TimeDecided(Fact):
    """A request for more time was granted or refused."""

    request_id: UUID
    case_id: UUID
    is_granted: bool
    at: datetime


@transaction.atomic(durable=True)
def decide_time(*, case_id: UUID, version: int, is_granted: bool, note: str, by: User, at: datetime) -> Case:
    """
    Grant or refuse what a unit asked for. The version says which request was seen.

    A request made in time counts in full, even where it is granted after the limit: the timeline says so. What is
    granted is public with its note; a refusal is read by colleagues.

    :raises NotAllowedError: if their post does not decide on this request.
    :raises OwnRequestError: if they asked for it themselves.
    :raises NoRequestWaitsError: if nobody asks for anything.
    :raises IllegalMoveError: if the case is to be suspended and cannot be.
    :raises InvalidInputError: if nothing is said, the end of the suspension is over, or the category that the case
        has come to meanwhile does not allow it.
    """
    level = _level_of(case_id, by)
    case = open_case(case_id, by=by, permission=permission_at(level), version=version, unit_bound=level == IN_THE_UNIT)
    request = waiting_request(case)
    if request.asked_by_id == by.pk:
        raise OwnRequestError(_("You asked for this yourself, so somebody else must decide."))
    if not decides(by, request, area_path=case.area_path):
        raise NotAllowedError(
            _("This request is decided by: %(who)s.") % {"who": more_time.level_words()[request.level]}
        )
    _require_sensible(case, request, note=note, is_granted=is_granted, at=at)
    request.state = TimeState.GRANTED if is_granted else TimeState.REFUSED
    request.decided_by, request.ended_at, request.note = by, at, note.strip()
    request.save(update_fields=["state", "decided_by", "ended_at", "note"])
    if not is_granted:
        note_request(case, request, by=by, at=at, text=request.note)
    elif request.kind == TimeKind.EXTENSION:
        _extend(case, request, by=by, at=at)
    else:
        case.suspended_until = request.until
        move_case(case, Move.SUSPEND, by=by, at=at, text=request.note, data=as_granted(case, request, at=at))
    announce(TimeDecided(request_id=request.pk, case_id=case.pk, is_granted=is_granted, at=at))
    return case


def _level_of(case_id: UUID, by: User) -> str:
    """Return who decides on what waits; where nothing waits, what `by` decides on, so that they hear that."""
    waiting = TimeRequest.objects.filter(case=case_id, state=TimeState.PENDING).values_list("level", flat=True).first()
    return waiting or (IN_THE_UNIT if duties_granting(by, GRANT_IN_UNIT) else "")


def _require_sensible(case: Case, request: TimeRequest, *, note: str, is_granted: bool, at: datetime) -> None:
    fields = {"note": more_time.why_no_words(note, asked=_("Say why. What is granted, the reporter reads."))}
    if is_granted and request.until:
        fields["until"] = more_time.why_not_until(procedure_of(case), until=request.until, at=at)
    if is_granted:
        fields["is_granted"] = _why_no_grant(case, request)
    if faults := {name: fault for name, fault in fields.items() if fault}:
        raise InvalidInputError(" ".join(faults.values()), fields=faults)


def _why_no_grant(case: Case, request: TimeRequest) -> str:
    """Return why the catalogue does not allow what was asked for any more, once the category has changed."""
    procedure = procedure_of(case)
    if request.hours is None:
        return more_time.why_not_here(request.level, wanted=procedure.suspension_level)
    terms = terms_of(case)
    earlier = list(case.time_requests.all())
    given = granted_of(earlier, kind=TimeKind.EXTENSION, round_=case.reopen_count, unit_id=case.lead_unit_id)
    return more_time.why_no_grant(
        procedure, limit=terms.limit_of(Stage.HANDLE), hours=request.hours, granted=given, counting=terms.counting
    ) or more_time.why_not_here(request.level, wanted=procedure.extension_level(given))


def _extend(case: Case, request: TimeRequest, *, by: User, at: datetime) -> None:
    assert request.hours
    # What was late as a whole before more time was asked for stays so; until it is decided nobody waits in vain.
    catch_up(case, at=at)
    kept = keep_late_whole(case, request.asked_at)
    extend(case, hours=request.hours, at=at)
    case.save(update_fields=["passed_due_at", *CLOCK_FIELDS])
    data = {**as_granted(case, request, at=at), **kept}
    if case.stage_due_at:
        data["due_after"] = case.stage_due_at.isoformat()
    note_request(case, request, by=by, at=at, text=request.note, visibility=Visibility.PUBLIC, data=data)


def as_granted(case: Case, request: TimeRequest, *, at: datetime) -> dict[str, object]:
    """Return what the timeline keeps of what was granted, and whether the limit had passed by then."""
    return {**said_of(case, request), "after_limit": request.due_at is not None and at > request.due_at}
