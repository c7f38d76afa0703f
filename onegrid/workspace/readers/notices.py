"""What somebody was told, as lines of their list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localtime

from onegrid.accounts.public import User
from onegrid.notifications.public import MOST_COUNTED, inbox, unread_count
from onegrid.workspace.rules.moments import said


@dataclass(frozen=True, kw_only=True)
class NoticeLine:
    """One notice in words."""

    id: UUID
    title: str
    text: str
    moment: str
    told_at: datetime
    is_urgent: bool
    is_read: bool


@dataclass(frozen=True, kw_only=True)
class NoticePage:
    """Some notices, newest first, and where the list goes on."""

    lines: Sequence[NoticeLine]
    next_after: str


def notice_page(user: User, *, is_unread: bool, after: str, at: datetime) -> NoticePage:
    """
    Return a page of somebody's notices. One query.

    :raises UnknownCursorError: if `after` is no place in the list.
    """
    found = inbox(user, is_unread=is_unread, after=after)
    now = localtime(at)
    lines = [
        NoticeLine(
            id=row.id,
            title=row.title,
            text=row.text,
            moment=said(localtime(row.told_at), now=now),
            told_at=row.told_at,
            is_urgent=row.is_urgent,
            is_read=row.read_at is not None,
        )
        for row in found.rows
    ]
    return NoticePage(lines=lines, next_after=found.next_after)


def unread(user: User) -> str:
    """Return the number beside the bell: empty where there is none, and no more than two digits."""
    count = unread_count(user)
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count or "")
