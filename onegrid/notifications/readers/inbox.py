"""What somebody was told, in their language."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.core.errors import NotFoundError
from onegrid.core.pagination import PAGE_SIZE, Slice, cursor, place
from onegrid.notifications.models import InboxEntry
from onegrid.notifications.rules.kinds import kind_of

MOST_COUNTED = 99


class NoticeNotFoundError(NotFoundError):
    """There is no such notice, or it is somebody else's."""


@dataclass(frozen=True, kw_only=True)
class Received:
    """One notice as its reader sees it."""

    id: UUID
    kind: str
    title: str
    text: str
    path: str
    is_urgent: bool
    told_at: datetime
    read_at: datetime | None


def unread_count(user: User) -> int:
    """Return how much somebody has not read, counting no further than a hundred. One query along an index."""
    unread = InboxEntry.objects.of(user).unread()
    return unread[: MOST_COUNTED + 1].count()


def inbox(user: User, *, is_unread: bool = False, after: str = "", limit: int = PAGE_SIZE) -> Slice[Received]:
    """
    Return a page of what somebody was told, newest first, or only of what they have not read. One query.

    :raises UnknownCursorError: if `after` is no place in this list.
    """
    rows = InboxEntry.objects.of(user).order_by("-told_at", "-id")
    if is_unread:
        rows = rows.unread()
    if after:
        told_at, pk = place(after, tuple[datetime, UUID])
        rows = rows.filter(Q(told_at__lt=told_at) | Q(told_at=told_at, pk__lt=pk))
    found = list(rows[: limit + 1])
    shown = found[:limit]
    more = len(found) > limit
    return Slice(
        rows=[_received(entry) for entry in shown],
        next_after=cursor(shown[-1].told_at, shown[-1].pk) if more else "",
    )


def received(entry_id: UUID, *, by: User) -> Received:
    """
    Return one notice.

    :raises NoticeNotFoundError: if there is none of this id for this person.
    """
    entry = InboxEntry.objects.of(by).filter(pk=entry_id).first()
    if entry is None:
        raise NoticeNotFoundError(_("There is no such notice any more, or it is not yours."))
    return _received(entry)


def _received(entry: InboxEntry) -> Received:
    kind = kind_of(entry.kind)
    return Received(
        id=entry.pk,
        kind=entry.kind,
        title=kind.title(entry.data),
        text=kind.text(entry.data),
        path=entry.path,
        is_urgent=entry.is_urgent,
        told_at=entry.told_at,
        read_at=entry.read_at,
    )
