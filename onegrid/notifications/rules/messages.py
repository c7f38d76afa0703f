"""What a message says: one notice in full, of many how many there are and the first of them; never a storm."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from onegrid.notifications.rules.kinds import kind_of
from onegrid.notifications.states import Channel

INBOX = "/notices/"  # the page that lists what one was told
NAMED = 5  # notices that a message names one by one
SHORT = 70  # characters of a text message; more would be two
ELLIPSIS = "…"


@dataclass(frozen=True, kw_only=True)
class Item:
    """One notice as a message names it."""

    entry_id: UUID
    data: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Message:
    """
    What leaves for one person by one channel: `count` notices of one kind, the first of them in `items`.

    The id stays the same when it is tried again.
    """

    id: UUID
    channel: Channel
    recipient_id: UUID
    address: str
    language: str
    kind: str
    is_urgent: bool
    attempts: int
    tried_at: datetime
    count: int
    items: Sequence[Item]


@dataclass(frozen=True, kw_only=True)
class Said:
    """A message in words: its title, its text, its title in at most 70 characters, the page it leads to."""

    title: str
    text: str
    short: str
    path: str


def said(message: Message, *, site: str) -> Said:
    """Put a message into its reader's words. `site` is the address of the site, such as `https://grid.example.org`."""
    with override(message.language):
        kind, first = kind_of(message.kind), message.items[0]
        if message.count == 1:
            title, path = kind.title(first.data), path_of(first.entry_id)
            parts = [kind.text(first.data), f"{site}{path}" if site else ""]
        else:
            title, path = kind.several(message.count), INBOX
            parts = [_listed(message, site=site), _rest(message), f"{site}{INBOX}" if site else ""]
        title = " ".join(title.split())
        text = "\n\n".join(part for part in (*parts, _why()) if part)
        return Said(title=title, text=text, short=shortened(title), path=path)


def path_of(entry_id: UUID) -> str:
    """Return the address that opens what a notice is about, and takes it for read."""
    return f"{INBOX}{entry_id}/"


def shortened(text: str, *, most: int = SHORT) -> str:
    """Return a text of at most so many characters; a longer one is cut and says so."""
    return text if len(text) <= most else f"{text[: most - len(ELLIPSIS)].rstrip()}{ELLIPSIS}"


def _listed(message: Message, *, site: str) -> str:
    kind = kind_of(message.kind)
    lines = []
    for item in message.items:
        lines.append(f"– {kind.title(item.data)}")
        if site:
            lines.append(f"  {site}{path_of(item.entry_id)}")
    return "\n".join(lines)


def _rest(message: Message) -> str:
    rest = message.count - len(message.items)
    return ngettext("and %d more", "and %d more", rest) % rest if rest else ""


def _why() -> str:
    return _("You choose on the site, under “Notices”, what reaches you by which channel.")
