"""What has arrived by a door, read and checked, before it means anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from onegrid.cases.public import Channel
from onegrid.channels.models import Door
from onegrid.channels.rules.conversation import Spot

CHANNELS = {Door.WECHAT: Channel.WECHAT, Door.EMAIL: Channel.EMAIL}


class Event(StrEnum):
    """What happened where nothing was said."""

    NONE = "none"
    SUBSCRIBED = "subscribed"
    UNSUBSCRIBED = "unsubscribed"
    IGNORED = "ignored"


@dataclass(frozen=True, kw_only=True)
class ArrivedFile:
    """A file that came along: WeChat's id for it, or its bytes."""

    media_id: str = ""
    name: str = ""
    content: bytes | None = None


@dataclass(frozen=True, kw_only=True)
class Arrived:
    """
    One message: by which door, from whom, known by which key; then what it says.

    `proof` is what it was signed with, where the signature does not cover what it says.
    """

    door: Door
    address: str
    key: str
    body_hash: str
    proof: str = ""
    text: str = ""
    spot: Spot | None = None
    files: Sequence[ArrivedFile] = ()
    event: Event = Event.NONE
