"""How somebody wants to be told, as their settings page shows it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import time

from django.conf import settings

from onegrid.accounts.public import User
from onegrid.notifications.models import Preferences
from onegrid.notifications.readers.channels import open_channels
from onegrid.notifications.rules.kinds import kinds
from onegrid.notifications.rules.push import public_bytes, server_key, url_text
from onegrid.notifications.rules.wishes import wanted
from onegrid.notifications.states import Channel


@dataclass(frozen=True, kw_only=True)
class KindChoice:
    """One kind of notices with the channels that are chosen for it."""

    code: str
    label: str
    chosen: Sequence[Channel]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """
    What somebody can choose and has chosen; their addresses are theirs alone to see.

    `push_key` is what a browser needs to take push messages of ours; empty where the site sends none.
    """

    channels: Sequence[Channel]
    kinds: Sequence[KindChoice]
    quiet_from: time | None
    quiet_until: time | None
    email: str
    new_email: str
    phone: str
    push_key: str


def settings_of(user: User) -> Settings:
    """Return somebody's own settings, or what holds for all who have chosen nothing. One query."""
    own = Preferences.objects.filter(user=user).first() or Preferences(user=user)
    channels = open_channels()
    return Settings(
        channels=channels,
        kinds=[
            KindChoice(code=kind.code, label=str(kind.label), chosen=_among(channels, wanted(kind, own.channels)))
            for kind in kinds()
        ],
        quiet_from=own.quiet_from,
        quiet_until=own.quiet_until,
        email=own.email,
        new_email=own.new_email,
        phone=own.phone,
        push_key=push_key(),
    )


def push_key() -> str:
    """Return the key by which browsers know this installation; nothing where it sends no push messages."""
    return url_text(public_bytes(server_key(settings.SECRET_KEY))) if Channel.PUSH in open_channels() else ""


def _among(channels: Sequence[Channel], chosen: Collection[Channel]) -> list[Channel]:
    return [channel for channel in channels if channel in chosen]
