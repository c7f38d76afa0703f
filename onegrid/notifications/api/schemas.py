"""What the API of notices says and takes."""

from datetime import datetime
from uuid import UUID

from ninja import Field, Schema

from onegrid.core.pagination import LONGEST_CURSOR, MOST_ROWS, PAGE_SIZE


class NoticeOut(Schema):
    """One thing that the caller was told, in the language of the request; `path` is the page it is about."""

    id: UUID
    kind: str
    title: str
    text: str
    path: str
    is_urgent: bool
    told_at: datetime
    read_at: datetime | None


class NoticesOut(Schema):
    """Some notices, newest first; `next_after` is empty at the end."""

    notices: list[NoticeOut]
    next_after: str


class NoticePageIn(Schema):
    """Which notices: all, or only what is unread; from where, and how many."""

    unread: bool = False
    after: str = Field("", max_length=LONGEST_CURSOR)
    limit: int = Field(PAGE_SIZE, ge=1, le=MOST_ROWS)
