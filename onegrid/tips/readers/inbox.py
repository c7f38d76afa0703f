"""What a reader of channels sees: ciphertext with its days. It is opened in their browser and nowhere else."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.core.errors import NotFoundError
from onegrid.tips.models import Attachment, Channel, Message, Recipient, Tip
from onegrid.tips.permissions import Permission, require
from onegrid.tips.rules.keeping import is_warned
from onegrid.tips.states import Status

MOST = 200  # tips in a list; a channel that has more shows the newest


@dataclass(frozen=True, kw_only=True)
class Row:
    """One tip in the list."""

    tip: Tip
    status: str
    is_new: bool
    is_closed: bool
    is_warned: bool


@dataclass(frozen=True, kw_only=True)
class Inbox:
    """The tips of one channel, with the key of the one who looks, still wrapped."""

    recipient: Recipient
    channel: Channel
    rows: list[Row]


@dataclass(frozen=True, kw_only=True)
class OpenTip:
    """One tip with its messages, and the public keys for an answer."""

    row: Row
    messages: list[Message]
    readers: list[str]


def appointments(by: User) -> list[Recipient]:
    """
    Return the channels somebody is appointed to, also where they have no key yet.

    :raises NotAllowedError: if reading tips is not their duty.
    """
    require(by, Permission.READ)
    return list(Recipient.objects.standing().filter(user=by).select_related("channel").order_by("channel__code"))


def inbox(recipient: Recipient, *, at: datetime) -> Inbox:
    """Return the tips of an appointment's channel, the newest day first; nothing before its key is confirmed."""
    today = timezone.localdate(at)
    tips = Tip.objects.filter(channel=recipient.channel).order_by("-last_on", "pk")
    found = tips.select_related("channel")[:MOST] if recipient.confirmed_at else []
    return Inbox(recipient=recipient, channel=recipient.channel, rows=[_row(tip, today) for tip in found])


def open_tip(tip_id: UUID, *, by: User, at: datetime) -> OpenTip:
    """
    Return a tip of somebody's channels.

    :raises NotAllowedError: if reading tips is not their duty.
    :raises NotFoundError: if the tip is not one of their channels'.
    """
    require(by, Permission.READ)
    tip = Tip.objects.readable_by(by).select_related("channel").with_id(tip_id).first()
    if tip is None:
        raise NotFoundError(_("There is no such tip in your channels."))
    readers = tip.channel.recipients.reading().order_by("pk")
    return OpenTip(
        row=_row(tip, timezone.localdate(at)),
        messages=list(tip.messages.order_by("number")),
        readers=list(readers.values_list("public_key", flat=True)),
    )


def _row(tip: Tip, today: date) -> Row:
    return Row(
        tip=tip,
        status=str(Status(tip.status).label),
        is_new=tip.status == Status.NEW,
        is_closed=tip.status == Status.CLOSED,
        is_warned=is_warned(tip.delete_on, warning_days=tip.channel.warning_days, today=today),
    )


def attachment(attachment_id: UUID, *, by: User) -> Attachment:
    """
    Return a file of somebody's channels that is no original.

    :raises NotAllowedError: if reading tips is not their duty.
    :raises NotFoundError: if there is none; an original is opened with a reason.
    """
    require(by, Permission.READ)
    found = Attachment.objects.readable_by(by).filter(is_original=False).with_id(attachment_id).first()
    if found is None:
        raise NotFoundError(_("There is no such file in your channels."))
    return found
