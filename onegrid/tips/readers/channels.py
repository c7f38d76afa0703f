"""The channels: for those who give tips, and for those who look after channels."""

from collections.abc import Iterable
from dataclasses import dataclass

from onegrid.accounts.public import User
from onegrid.tips.models import Channel, Recipient
from onegrid.tips.rules.fingerprints import fingerprint


@dataclass(frozen=True, kw_only=True)
class Key:
    """A public key to which tips are sealed, and its fingerprint to compare with the one on paper."""

    public_key: str
    fingerprint: str


@dataclass(frozen=True, kw_only=True)
class OpenChannel:
    """A channel as somebody sees it who gives a tip; without keys it cannot take one."""

    code: str
    name: str
    about: str
    telephone: str
    letters_to: str
    open_days: int
    keys: list[Key]


@dataclass(frozen=True, kw_only=True)
class Appointed:
    """One appointment, with what the one who looks may do about it."""

    recipient: Recipient
    name: str
    fingerprint: str
    may_confirm: bool


@dataclass(frozen=True, kw_only=True)
class KeptChannel:
    """A channel with its appointments, for those who look after it."""

    channel: Channel
    appointed: list[Appointed]


def open_channels(language: str) -> list[OpenChannel]:
    """Return every channel by name."""
    keys: dict[object, list[Key]] = {}
    for recipient in Recipient.objects.reading().order_by("pk"):
        found = Key(public_key=recipient.public_key, fingerprint=fingerprint(recipient.public_key))
        keys.setdefault(recipient.channel_id, []).append(found)
    return [
        OpenChannel(
            code=channel.code,
            name=channel.named(language),
            about=channel.described(language),
            telephone=channel.telephone,
            letters_to=channel.letters_to,
            open_days=channel.open_days,
            keys=keys.get(channel.pk, []),
        )
        for channel in Channel.objects.order_by("code")
    ]


def kept_channels(by: User) -> list[KeptChannel]:
    """Return every channel with those who are appointed to it."""
    channels = Channel.objects.order_by("code")
    standing = Recipient.objects.standing().select_related("user").order_by("appointed_at")
    return [
        KeptChannel(channel=channel, appointed=[_appointed(one, by) for one in _of(channel, standing)])
        for channel in channels
    ]


def _of(channel: Channel, standing: Iterable[Recipient]) -> list[Recipient]:
    return [one for one in standing if one.channel_id == channel.pk]


def _appointed(one: Recipient, by: User) -> Appointed:
    waits = bool(one.public_key) and one.confirmed_at is None
    return Appointed(
        recipient=one,
        name=str(one.user),
        fingerprint=fingerprint(one.public_key) if one.public_key else "",
        may_confirm=waits and by.username not in {one.appointed_by, one.user.username},
    )
