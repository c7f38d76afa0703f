"""Appeal against being counted late, once, after closing (申诉); two reviews decide, and the fact stays as it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.cases.actions.ask_time import procedure_of, require_grounds
from onegrid.cases.actions.lifecycle import actor, add_entry, open_case, target
from onegrid.cases.models import AppealState, Case, EntryKind, LatenessAppeal
from onegrid.cases.readers.appeals import REVIEW, late_facts, reviewing_duty, waiting_of, why_not_review
from onegrid.cases.rules import appeals
from onegrid.cases.rules.more_time import why_no_words
from onegrid.cases.states import IllegalMoveError, Stage, Status
from onegrid.core.errors import DomainError, InvalidInputError, NotAllowedError
from onegrid.core.facts import Fact, announce
from onegrid.oversight.public import record


class NoAppealError(DomainError):
    """The catalogue knows no appeal, or the days for it are over."""


class NotLateError(DomainError):
    """What the appeal is about was not late, or not in the hands of the unit."""


class AppealedBeforeError(DomainError):
    """The unit has appealed on this case before."""


class NoAppealWaitsError(DomainError):
    """No appeal of this case waits for a review."""


class OwnAppealError(NotAllowedError):
    """Who asked, who is of the unit, and who made the first review do not review (DESIGN §3.6)."""


@dataclass(frozen=True, kw_only=True)
class AppealFiled(Fact):
    """A unit has appealed against being counted late."""

    appeal_id: UUID
    case_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AppealReviewed(Fact):
    """An appeal was reviewed, and stands where `state` says."""

    appeal_id: UUID
    case_id: UUID
    state: AppealState
    at: datetime


@transaction.atomic(durable=True)
def appeal_lateness(
    *, case_id: UUID, version: int, stage: Stage | None, reason: str, proof: Sequence[UUID], by: User, at: datetime
) -> LatenessAppeal:
    """
    Appeal for the unit that led a closed case: against a late stage of its own, or the whole where none is named.

    :raises IllegalMoveError: if the case is not closed.
    :raises AppealedBeforeError: if the unit has appealed on it before.
    :raises NoAppealError: if there is no appeal here, or the days for it are over.
    :raises NotLateError: if what is named was not late while this unit had to act.
    :raises InvalidInputError: if the reason or the proof is missing.
    """
    case = open_case(case_id, by=by, permission="cases.appeal", version=version, unit_bound=True)
    if case.status != Status.CLOSED or case.ended_at is None or case.lead_unit_id is None:
        raise IllegalMoveError(_("An appeal is possible once the case is closed."))
    if case.appeals.filter(unit=case.lead_unit_id).exists():
        raise AppealedBeforeError(appeals.appealed_before())
    procedure, facts = procedure_of(case), late_facts(case)
    if why := appeals.why_no_appeal(procedure, closed_at=case.ended_at, at=at):
        raise NoAppealError(why)
    late = appeals.chosen(facts, stage)
    if late is None:
        raise NotLateError(_("This was not late while your unit had to act, so there is nothing to appeal against."))
    require_grounds(case, reason=reason, proof=proof, fields={}, asked=_("Say why the delay should not be counted."))
    appeal = LatenessAppeal.objects.create(
        case=case,
        unit_id=case.lead_unit_id,
        round=case.reopen_count,
        stage=stage or "",
        covers=appeals.covered(facts, stage),
        due_at=late.due_at,
        done_at=late.done_at,
        closed_at=case.ended_at,
        until=appeals.last_moment(procedure, closed_at=case.ended_at),
        reason=reason.strip(),
        proof=list(dict.fromkeys(proof)),
        asked_by=by,
        asked_at=at,
    )
    _note(appeal, case, by=by, at=at, text=appeal.reason)
    announce(AppealFiled(appeal_id=appeal.pk, case_id=case.pk, at=at))
    return appeal


@transaction.atomic(durable=True)
def review_appeal(*, case_id: UUID, version: int, is_yes: bool, note: str, by: User, at: datetime) -> Case:
    """
    Make the review that the appeal of a case waits for. The version says what was seen.

    The first is made by a shift lead of the centre, the second by a leader of the district. A no ends it, two times
    yes exempts. The note is public.

    :raises NotAllowedError: if their post does not make this review.
    :raises OwnAppealError: if they asked, belong to the unit, or made the first review.
    :raises NoAppealWaitsError: if none waits.
    :raises InvalidInputError: if nothing is said.
    """
    case = open_case(case_id, by=by, permission=REVIEW, version=version)
    appeal = waiting_of(case.appeals.all())
    if appeal is None:
        raise NoAppealWaitsError(_("No appeal waits for a review here."))
    if why := why_not_review(by, appeal):
        raise OwnAppealError(why)
    duty = reviewing_duty(by, appeal, area_path=case.area_path)
    if duty is None:
        raise NotAllowedError(
            _("This appeal is reviewed next by: %(who)s.") % {"who": appeals.reviewer_words()[appeal.state]}
        )
    if why := why_no_words(note, asked=_("Say why. Everybody can read it.")):
        raise InvalidInputError(why, fields={"note": why})
    if appeal.state == AppealState.ASKED:
        appeal.state = AppealState.FIRST_YES if is_yes else AppealState.FIRST_NO
        appeal.first_by, appeal.first_unit_id, appeal.first_at, appeal.first_note = by, duty.unit_id, at, note.strip()
    else:
        appeal.state = AppealState.SECOND_YES if is_yes else AppealState.SECOND_NO
        appeal.second_by, appeal.second_unit_id, appeal.second_at = by, duty.unit_id, at
        appeal.second_note = note.strip()
    appeal.save()
    _note(appeal, case, by=by, at=at, text=note.strip())
    announce(AppealReviewed(appeal_id=appeal.pk, case_id=case.pk, state=AppealState(appeal.state), at=at))
    return case


def _note(appeal: LatenessAppeal, case: Case, *, by: User, at: datetime, text: str) -> None:
    """Write what became of an appeal into timeline and trail, and save that the case has changed."""
    case.version += 1
    case.save(update_fields=["version"])
    said = {
        "appeal": str(appeal.pk),
        "state": appeal.state,
        "about": appeal.stage,
        "due_at": appeal.due_at.isoformat(),
        "done_at": appeal.done_at.isoformat(),
    }
    add_entry(case, EntryKind.APPEAL, by=by, at=at, text=text, data=said)
    record(f"cases.appeal_{appeal.state}", target=target(case), by=actor(by), at=at, data=said)
