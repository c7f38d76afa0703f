"""Ask for more time before the limit is used up: an extension (延期) or a suspension (挂账), with reason and proof."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.cases.actions.lifecycle import actor, add_entry, open_case, target
from onegrid.cases.models import Case, EntryKind, TimeKind, TimeRequest, TimeState, Visibility
from onegrid.cases.readers.clocks import marks_of, terms_of
from onegrid.cases.readers.more_time import WORKED_ON, granted_of, level_for
from onegrid.cases.rules import more_time
from onegrid.cases.rules.clocks import Clock, clock_of
from onegrid.cases.states import IllegalMoveError, Move, Stage, Status, after
from onegrid.catalogue.public import USUAL, Procedure, catalogue
from onegrid.core.errors import DomainError, InvalidInputError
from onegrid.core.facts import Fact, announce
from onegrid.oversight.public import record
from onegrid.units.public import calendar_of


class NoMoreTimeError(DomainError):
    """The catalogue does not allow more time, or it is too late to ask for it."""


class RequestWaitsError(DomainError):
    """A request for this case waits for a decision already."""


class NoRequestWaitsError(DomainError):
    """No request of this case waits for a decision."""


@dataclass(frozen=True, kw_only=True)
class TimeRequested(Fact):
    """A unit has asked for more time."""

    request_id: UUID
    case_id: UUID
    at: datetime


@transaction.atomic(durable=True)
def ask_extension(
    *, case_id: UUID, version: int, hours: float, reason: str, proof: Sequence[UUID], by: User, at: datetime
) -> TimeRequest:
    """
    Ask for so many hours more, counted as the limit is; `proof` are pieces of evidence of the case.

    :raises NoMoreTimeError: if there is none to be had, or the limit is already used up.
    :raises RequestWaitsError: if another request waits for a decision.
    :raises InvalidInputError: if the reason or the proof is missing, or the hours are too many.
    :raises IllegalMoveError: if the unit does not handle the case now.
    """
    case = open_case(case_id, by=by, permission="cases.ask_time", version=version, unit_bound=True)
    if case.status not in WORKED_ON:
        raise IllegalMoveError(_("Only a unit that handles the case now can ask for more time."))
    clock, procedure, earlier = _handling(case), procedure_of(case), _earlier(case)
    given = granted_of(earlier, kind=TimeKind.EXTENSION, round_=case.reopen_count, unit_id=case.lead_unit_id)
    original = clock.limit - clock.extended if clock.limit is not None else None
    why = more_time.why_no_extension(procedure, limit=original, due_at=clock.due_at, granted=given, at=at)
    if why:
        raise NoMoreTimeError(why)
    fields = {"hours": more_time.why_not_so_long(procedure, limit=original, hours=hours, counting=clock.counting)}
    require_grounds(case, reason=reason, proof=proof, fields=fields, asked=_("Say why more time is needed."))
    request = TimeRequest(kind=TimeKind.EXTENSION, hours=hours, level=procedure.extension_level(given))
    return _ask(case, request, reason=reason, proof=proof, due_at=clock.due_at, by=by, at=at)


@transaction.atomic(durable=True)
def ask_suspension(
    *, case_id: UUID, version: int, until: datetime, reason: str, proof: Sequence[UUID], by: User, at: datetime
) -> TimeRequest:
    """
    Ask that the clock stands still until a moment, at which the case goes on by itself.

    :raises NoMoreTimeError: if the case was suspended before, cannot be, or the limit is already used up.
    :raises RequestWaitsError: if another request waits for a decision.
    :raises InvalidInputError: if the reason or the proof is missing, or the end lies before now or too far off.
    :raises IllegalMoveError: if nobody has begun to work on the case, or it is suspended already.
    """
    case = open_case(case_id, by=by, permission="cases.ask_time", version=version, unit_bound=True)
    after(Move.SUSPEND, Status(case.status))
    clock, procedure, earlier = _handling(case), procedure_of(case), _earlier(case)
    given = granted_of(earlier, kind=TimeKind.SUSPENSION, round_=case.reopen_count)
    if why := more_time.why_no_suspension(procedure, due_at=clock.due_at, granted=given, at=at):
        raise NoMoreTimeError(why)
    fields = {"until": more_time.why_not_until(procedure, until=until, at=at)}
    require_grounds(case, reason=reason, proof=proof, fields=fields, asked=_("Say why more time is needed."))
    request = TimeRequest(kind=TimeKind.SUSPENSION, until=until, level=procedure.suspension_level)
    return _ask(case, request, reason=reason, proof=proof, due_at=clock.due_at, by=by, at=at)


@transaction.atomic(durable=True)
def withdraw_time_request(*, case_id: UUID, version: int, by: User, at: datetime) -> Case:
    """
    Take a request back that nobody has decided on.

    :raises NoRequestWaitsError: if there is none.
    """
    case = open_case(case_id, by=by, permission="cases.ask_time", version=version, unit_bound=True)
    request = waiting_request(case)
    request.state, request.ended_at = TimeState.WITHDRAWN, at
    request.save(update_fields=["state", "ended_at"])
    note_request(case, request, by=by, at=at)
    return case


def waiting_request(case: Case) -> TimeRequest:
    """
    Return the request of a locked case that waits for a decision.

    :raises NoRequestWaitsError: if there is none.
    """
    request = TimeRequest.objects.filter(case=case, state=TimeState.PENDING).first()
    if request is None:
        raise NoRequestWaitsError(_("No request for more time waits for a decision here."))
    return request


def procedure_of(case: Case) -> Procedure:
    """Return what the category version that the case stands under allows."""
    return catalogue().by_id[case.category_id].procedure if case.category_id else USUAL


def note_request(
    case: Case, request: TimeRequest, *, by: User, at: datetime, text: str = "",
    visibility: Visibility = Visibility.INTERNAL, data: dict[str, object] | None = None,
) -> None:  # fmt: skip
    """Write what became of a request into timeline and trail, and save that the case has changed."""
    case.version += 1
    case.save(update_fields=["version"])
    said = {**said_of(case, request), **(data or {})}
    add_entry(case, EntryKind.EXTENSION, by=by, at=at, text=text, visibility=visibility, data=said)
    step = "asked" if request.state == TimeState.PENDING else request.state
    record(f"cases.time_{step}", target=target(case), by=actor(by), at=at, data=said)


def said_of(case: Case, request: TimeRequest) -> dict[str, object]:
    """Return what the timeline keeps of a request; its hours with what they count then, whatever the case becomes."""
    return {
        "request": str(request.pk),
        "asked": request.kind,
        "state": request.state,
        "level": request.level,
        "asked_at": request.asked_at.isoformat(),
        **({"hours": request.hours, "counting": terms_of(case).counting.value} if request.hours else {}),
        **({"until": request.until.isoformat()} if request.until else {}),
        **({"due_before": request.due_at.isoformat()} if request.due_at else {}),
    }


def _handling(case: Case) -> Clock:
    return clock_of(marks_of(case), Stage.HANDLE, terms=terms_of(case), calendars=calendar_of)


def _earlier(case: Case) -> list[TimeRequest]:
    earlier = list(case.time_requests.all())
    if any(request.state == TimeState.PENDING for request in earlier):
        raise RequestWaitsError(_("A request for this case is waiting for a decision already."))
    return earlier


def require_grounds(case: Case, *, reason: str, proof: Sequence[UUID], fields: dict[str, str], asked: str) -> None:
    """
    Refuse what has no reason, which `asked` asks for, or no proof among the evidence of the case.

    :raises InvalidInputError: with these and the faults that `fields` has already.
    """
    fields["reason"] = more_time.why_no_words(reason, asked=asked)
    if not proof or case.evidence.filter(pk__in=set(proof)).count() != len(set(proof)):
        fields["proof"] = _("Name at least one file of this case that shows it, or add one.")
    if faults := {name: fault for name, fault in fields.items() if fault}:
        raise InvalidInputError(" ".join(faults.values()), fields=faults)


def _ask(
    case: Case, request: TimeRequest, *, reason: str, proof: Sequence[UUID], due_at: datetime | None, by: User,
    at: datetime,
) -> TimeRequest:  # fmt: skip
    assert case.lead_unit_id
    request.case, request.unit_id, request.round = case, case.lead_unit_id, case.reopen_count
    request.reason, request.proof, request.due_at = reason.strip(), list(dict.fromkeys(proof)), due_at
    request.asked_by, request.asked_at = by, at
    request.level = level_for(request.level, by=by, unit_id=case.lead_unit_id, area_path=case.area_path)
    request.save(force_insert=True)
    note_request(case, request, by=by, at=at, text=request.reason)
    announce(TimeRequested(request_id=request.pk, case_id=case.pk, at=at))
    return request
