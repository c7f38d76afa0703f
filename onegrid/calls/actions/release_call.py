"""Publish a call with four eyes: who has written it asks, somebody else releases it or sends it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.calls.actions.moving import actor_of, locked_call, move_call
from onegrid.calls.models import PublicCall
from onegrid.calls.permissions import Permission
from onegrid.calls.readers.issuing import allowed
from onegrid.calls.rules.refusals import OwnCallError
from onegrid.calls.rules.terms import why_not_until
from onegrid.calls.states import Kind, Move
from onegrid.core.errors import InvalidInputError
from onegrid.oversight.public import require_reason


@transaction.atomic(durable=True)
def ask_release(*, call_id: UUID, by: User, at: datetime) -> None:
    """
    Ask for the release of a draft.

    :raises NotAllowedError: if they do not write calls of its unit.
    :raises CallStandsElsewhereError: if it is no draft.
    :raises InvalidInputError: if its end date is no longer possible.
    """
    call, _unit = locked_call(call_id, by=by, permission=Permission.WRITE)
    _require_end(call, at=at)
    call.asked_by = by.username
    move_call(call, Move.ASK, by=actor_of(by), at=at)


@transaction.atomic(durable=True)
def release_call(*, call_id: UUID, by: User, at: datetime) -> None:
    """
    Publish a call that waits.

    :raises NotAllowedError: if they may not release calls of its unit.
    :raises OwnCallError: if they have written it or asked for its release.
    :raises CallStandsElsewhereError: if it does not wait.
    :raises InvalidInputError: if its end date is no longer possible.
    """
    call, _unit = locked_call(call_id, by=by, permission=Permission.RELEASE)
    if by.username in {call.written_by, call.asked_by}:
        raise OwnCallError(_("Somebody else releases it: not who has written it or asked for it."))
    _require_end(call, at=at)
    call.released_by, call.released_at = by.username, at
    move_call(call, Move.RELEASE, by=actor_of(by), at=at, data={"ends_on": call.ends_on.isoformat()})


@transaction.atomic(durable=True)
def send_back(*, call_id: UUID, reason: str, by: User, at: datetime) -> None:
    """
    Send a call that waits back to its unit, with what is to be changed.

    :raises NotAllowedError: if they may not release calls of its unit.
    :raises ReasonMissingError: if the reason is none.
    :raises CallStandsElsewhereError: if it does not wait.
    """
    call, _unit = locked_call(call_id, by=by, permission=Permission.RELEASE)
    require_reason(reason)
    call.reason = reason.strip()
    move_call(call, Move.SEND_BACK, by=actor_of(by), at=at)


def _require_end(call: PublicCall, *, at: datetime) -> None:
    terms = allowed().get(Kind(call.kind))
    why = why_not_until(call.ends_on, terms=terms, today=timezone.localdate(at)) if terms else _("This is missing.")
    if why:
        raise InvalidInputError(why, fields={"ends_on": why})
