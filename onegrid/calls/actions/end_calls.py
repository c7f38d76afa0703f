"""End a call: by its date, or withdrawn with a reason; say what came of it; forget what it said of a person."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.calls.actions.moving import actor_of, locked_call, move_call, target_of
from onegrid.calls.models import PublicCall
from onegrid.calls.permissions import Permission
from onegrid.calls.readers.issuing import kept_days
from onegrid.calls.rules.refusals import CallStandsElsewhereError
from onegrid.calls.states import Move, Outcome, Status
from onegrid.core.errors import InvalidInputError
from onegrid.oversight.public import Actor, record, require_reason

BY = Actor(name="onegrid")
_SAYS = ("title", "title_hant", "title_en", "text", "text_hant", "text_en")
_OF_A_PERSON = ("person_name", "picture_sha256", "picture_from")


@transaction.atomic(durable=True)
def withdraw_call(*, call_id: UUID, reason: str, by: User, at: datetime) -> None:
    """
    Take a call back before its end, with a reason that the trail and its officers see; its unit may, and who releases.

    :raises CallNotFoundError: if they neither write nor release calls of its unit.
    :raises ReasonMissingError: if the reason is none.
    :raises CallStandsElsewhereError: if it is over already.
    """
    call, _unit = locked_call(call_id, by=by, permission=None)
    require_reason(reason)
    call.reason, call.ended_on = reason.strip(), timezone.localdate(at)
    move_call(call, Move.WITHDRAW, by=actor_of(by), at=at, data={"reason": call.reason})


@transaction.atomic(durable=True)
def record_outcome(*, call_id: UUID, outcome: Outcome, by: User, at: datetime) -> None:
    """
    Say what came of a published call; a person decides this, and says it once more if they erred.

    :raises NotAllowedError: if they do not write calls of its unit.
    :raises InvalidInputError: if it is not said what came of it.
    :raises CallStandsElsewhereError: if it was never published.
    """
    call, _unit = locked_call(call_id, by=by, permission=Permission.WRITE)
    if outcome is Outcome.NONE:
        message = _("Say what came of it.")
        raise InvalidInputError(message, fields={"outcome": message})
    if call.released_at is None:
        raise CallStandsElsewhereError(_("It was never published."))
    call.outcome, call.outcome_by = outcome, by.username
    call.save(update_fields=["outcome", "outcome_by"])
    record("calls.outcome", target=target_of(call), by=actor_of(by), at=at, data={"outcome": outcome.value})


def end_due(*, at: datetime) -> int:
    """End every call whose last day is over, each in a transaction of its own; return how many."""
    ended = 0
    while _end_one(at=at):
        ended += 1
    return ended


@transaction.atomic(durable=True)
def _end_one(*, at: datetime) -> bool:
    today = timezone.localdate(at)
    due = PublicCall.objects.filter(status=Status.RUNNING, ends_on__lt=today).order_by("pk")
    call = due.select_for_update(of=("self",), skip_locked=True).first()
    if call is None:
        return False
    call.ended_on = call.ends_on
    move_call(call, Move.END, by=BY, at=at, data={"ends_on": call.ends_on.isoformat()})
    return True


def forget_due(*, at: datetime) -> int:
    """Delete what calls said whose days of keeping are over, each in a transaction of its own; return how many."""
    forgotten = 0
    while _forget_one(at=at):
        forgotten += 1
    return forgotten


@transaction.atomic(durable=True)
def _forget_one(*, at: datetime) -> bool:
    today = timezone.localdate(at)
    over = PublicCall.objects.filter(forgotten_on=None, ended_on__lte=today - timedelta(days=kept_days()))
    call = over.order_by("pk").select_for_update(of=("self",), skip_locked=True).first()
    if call is None:
        return False
    for name in (*_SAYS, *_OF_A_PERSON, "reason"):
        setattr(call, name, "")
    call.forgotten_on = today
    call.save()
    record("calls.forget", target=target_of(call), by=BY, at=at, data={"ended_on": str(call.ended_on)})
    return True
