"""What the caller was told."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from ninja import Query, Router

from onegrid.accounts.public import acting
from onegrid.core.api.idempotency import idempotent
from onegrid.core.api.scopes import READ, WORK, scoped
from onegrid.notifications.api.schemas import NoticeOut, NoticePageIn, NoticesOut
from onegrid.notifications.public import inbox, read_notice

router = Router(tags=["notices"])


@router.get("", response=NoticesOut, operation_id="notices")
@scoped(READ)
def notices(request: HttpRequest, page: Query[NoticePageIn]) -> NoticesOut:
    """List what the caller was told, newest first."""
    found = inbox(acting(request), is_unread=page.unread, after=page.after, limit=page.limit)
    return NoticesOut(notices=[NoticeOut.from_orm(row) for row in found.rows], next_after=found.next_after)


@router.post("/{uuid:notice_id}/read", response={204: None}, operation_id="read_notice")
@scoped(WORK)
@idempotent
def read(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Take a notice for read; one that was read stays as it is."""
    read_notice(entry_id=notice_id, by=acting(request), at=now())
    return HttpResponse(status=204)
