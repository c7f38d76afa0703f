"""What a reader of a channel does with a tip: answer, note, close."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.core.errors import InvalidInputError, NotFoundError
from onegrid.tips.actions.note_deeds import note_deed
from onegrid.tips.actions.send_tip import MOST_MESSAGES, term_of
from onegrid.tips.models import Message, Tip
from onegrid.tips.permissions import Permission, require
from onegrid.tips.rules.keeping import delete_on
from onegrid.tips.rules.sealed import is_sealed
from onegrid.tips.rules.standing import NotAsItStandsError
from onegrid.tips.states import Author, Ending, Status


@transaction.atomic(durable=True)
def answer_tip(*, tip_id: UUID, author: Author, sealed: bytes, by: User, at: datetime) -> None:
    """
    Add a sealed answer, or a sealed note that only readers of the channel can open.

    :raises NotAllowedError: if reading tips is not their duty.
    :raises NotFoundError: if the tip is not one of their channels'.
    :raises InvalidInputError: if it is not sealed as our page does it.
    """
    tip = locked_tip(tip_id, by=by)
    if author is Author.TIPSTER or not is_sealed(sealed, recipients=_most_keys(tip)):
        raise InvalidInputError(_("This was not sealed by our page."))
    number, today = tip.messages.count() + 1, timezone.localdate(at)
    if number > MOST_MESSAGES:
        raise NotAsItStandsError(_("This dialogue is full."))
    Message.objects.create(
        tip=tip, number=number, author=author, sealed=sealed, written_on=today, written_by=by.username
    )
    if author is Author.OFFICER:
        tip.status, tip.last_on = Status.OPEN, today
        tip.delete_on = max(tip.delete_on, delete_on(term_of(tip.channel), status=Status.OPEN, today=today))
        tip.save(update_fields=["status", "last_on", "delete_on"])
    note_deed("tips.answer", target=target_of(tip), by=by, at=at, data={"kind": author.value})


@transaction.atomic(durable=True)
def close_tip(*, tip_id: UUID, ending: Ending, by: User, at: datetime) -> None:
    """
    Close a tip; it is deleted after the days that its channel keeps closed ones.

    :raises NotAllowedError: if reading tips is not their duty.
    :raises NotFoundError: if the tip is not one of their channels'.
    :raises InvalidInputError: if it is not said what became of it.
    """
    tip = locked_tip(tip_id, by=by)
    if ending is Ending.NONE:
        message = _("Say what became of it.")
        raise InvalidInputError(message, fields={"ending": message})
    tip.status, tip.ending = Status.CLOSED, ending
    tip.delete_on = delete_on(term_of(tip.channel), status=Status.CLOSED, today=timezone.localdate(at))
    tip.save(update_fields=["status", "ending", "delete_on"])
    note_deed("tips.close", target=target_of(tip), by=by, at=at, data={})  # what became of it may lead to a case


def locked_tip(tip_id: UUID, *, by: User) -> Tip:
    """
    Return a tip of somebody's channels, locked until the transaction ends.

    :raises NotAllowedError: if reading tips is not their duty.
    :raises NotFoundError: if the tip is not one of their channels'.
    """
    require(by, Permission.READ)
    tips = Tip.objects.readable_by(by).select_related("channel").select_for_update(of=("self",))
    tip = tips.with_id(tip_id).first()
    if tip is None:
        raise NotFoundError(_("There is no such tip in your channels."))
    return tip


def target_of(tip: Tip) -> str:
    """Return a tip as the trail names it; its id is random and says nothing."""
    return f"tips.Tip:{tip.id}"


def _most_keys(tip: Tip) -> int:
    return tip.channel.recipients.reading().count() + 1  # the sender's
