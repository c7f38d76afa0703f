"""Open channels and appoint their readers: one person appoints, the officer makes a key, a second compares it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import User, live_duties
from onegrid.core.errors import InvalidInputError, NotAllowedError, NotFoundError
from onegrid.oversight.public import Actor, record
from onegrid.tips.models import Channel, Recipient
from onegrid.tips.permissions import Permission, holds, require
from onegrid.tips.rules.fingerprints import fingerprint
from onegrid.tips.rules.sealed import is_public_key
from onegrid.tips.rules.standing import NotAsItStandsError

WRAPPED_FROM = "-----BEGIN AGE ENCRYPTED FILE-----"
LONGEST_WRAPPED = 4000  # characters


@dataclass(frozen=True, kw_only=True)
class ChannelPlan:
    """What a channel is to be: its names, what it is for, who else can be reached, how long tips are kept."""

    code: str
    name: str
    name_hant: str
    name_en: str
    about: str
    about_hant: str
    about_en: str
    telephone: str
    letters_to: str
    open_days: int
    closed_days: int


@transaction.atomic(durable=True)
def open_channel(*, plan: ChannelPlan, by: User, at: datetime) -> Channel:
    """
    Make a channel. It takes tips once it has a reader.

    :raises NotAllowedError: if they may not look after channels.
    :raises NotAsItStandsError: if its code is taken.
    """
    require(by, Permission.APPOINT)
    if Channel.objects.filter(code=plan.code).exists():
        raise NotAsItStandsError(_("There is a channel with this code already."))
    channel = Channel.objects.create(**vars(plan))
    data = {"channel": plan.code, "open_days": plan.open_days, "closed_days": plan.closed_days}
    record("tips.open_channel", target=f"tips.Channel:{channel.id}", by=actor_of(by), at=at, data=data)
    return channel


@transaction.atomic(durable=True)
def appoint_reader(*, channel_id: UUID, username: str, by: User, at: datetime) -> Recipient:
    """
    Appoint an officer to a channel; they make their key themselves.

    :raises NotAllowedError: if the one who appoints may not, or appoints themselves.
    :raises InvalidInputError: if there is no such officer whose duty it is to read tips.
    :raises NotAsItStandsError: if they are appointed already.
    """
    require(by, Permission.APPOINT)
    channel = Channel.objects.select_for_update(of=("self",)).filter(pk=channel_id).first()
    user = User.objects.filter(username=username).first()
    if channel is None:
        raise NotFoundError(_("There is no such channel."))
    if user is None or not holds(user, Permission.READ):
        message = _("Nobody of this name has the duty to read tips.")
        raise InvalidInputError(message, fields={"username": message})
    if user.pk == by.pk:
        raise NotAllowedError(_("Nobody appoints themselves."))
    if channel.recipients.standing().filter(user=user).exists():
        raise NotAsItStandsError(_("This officer is appointed to the channel already."))
    recipient = channel.recipients.create(user=user, appointed_by=by.username, appointed_at=at)
    _note("tips.appoint", recipient, by=by, at=at)
    return recipient


@transaction.atomic(durable=True)
def keep_key(*, recipient_id: UUID, public_key: str, wrapped_key: str, by: User, at: datetime) -> None:
    """
    Keep the key that an officer's browser made; until a second person compares it nothing is sealed to it.

    :raises NotFoundError: if this is no appointment of theirs.
    :raises NotAsItStandsError: if it has a key: what was sealed to it could not be opened any more.
    :raises InvalidInputError: if it is no key as our page makes it.
    """
    recipient = _locked(recipient_id, user=by)
    if recipient.public_key:
        raise NotAsItStandsError(_("This appointment has a key already."))
    is_wrapped = wrapped_key.startswith(WRAPPED_FROM) and len(wrapped_key) <= LONGEST_WRAPPED
    if not (is_public_key(public_key) and is_wrapped):
        raise InvalidInputError(_("This is no key as our page makes it."))
    recipient.public_key, recipient.wrapped_key = public_key, wrapped_key
    recipient.save(update_fields=["public_key", "wrapped_key"])
    _note("tips.make_key", recipient, by=by, at=at)


@transaction.atomic(durable=True)
def confirm_key(*, recipient_id: UUID, by: User, at: datetime) -> None:
    """
    Say, as a second person, that a key is the officer's: from now on tips are sealed to it.

    :raises NotAllowedError: if they may not, made the appointment, or it is their own key.
    :raises NotAsItStandsError: if there is no key yet.
    """
    require(by, Permission.APPOINT)
    recipient = _locked(recipient_id)
    if by.username == recipient.appointed_by or by.pk == recipient.user_id:
        raise NotAllowedError(_("A second person compares the key: not the one who appointed, nor its owner."))
    if not recipient.public_key:
        raise NotAsItStandsError(_("The officer has not made a key yet."))
    recipient.confirmed_by, recipient.confirmed_at = by.username, at
    recipient.save(update_fields=["confirmed_by", "confirmed_at"])
    _note("tips.confirm_key", recipient, by=by, at=at)


@transaction.atomic(durable=True)
def end_appointment(*, recipient_id: UUID, by: User, at: datetime) -> None:
    """
    End an appointment: nothing more is sealed to this officer, and they are shown nothing more.

    :raises NotAllowedError: if they may not look after channels.
    """
    require(by, Permission.APPOINT)
    recipient = _locked(recipient_id)
    recipient.ended_at, recipient.wrapped_key = at, ""
    recipient.save(update_fields=["ended_at", "wrapped_key"])
    _note("tips.end_appointment", recipient, by=by, at=at)


def actor_of(user: User) -> Actor:
    """Return somebody as the trail names them."""
    duties = live_duties(user)
    return Actor(name=user.username, unit=duties[0].unit.code if duties else "")


def _locked(recipient_id: UUID, user: User | None = None) -> Recipient:
    standing = Recipient.objects.standing().select_for_update(of=("self",)).select_related("user", "channel")
    recipient = standing.filter(pk=recipient_id, **({"user": user} if user else {})).first()
    if recipient is None:
        raise NotFoundError(_("There is no such appointment."))
    return recipient


def _note(code: str, recipient: Recipient, *, by: User, at: datetime) -> None:
    data = {"channel": recipient.channel.code, "officer": recipient.user.username}
    if recipient.public_key:
        data["fingerprint"] = fingerprint(recipient.public_key)
    record(code, target=f"tips.Recipient:{recipient.id}", by=actor_of(by), at=at, data=data)
