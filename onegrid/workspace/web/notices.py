"""What one was told: the bell's number, the list, and opening what a notice is about."""

from datetime import datetime
from uuid import UUID

from django.contrib.messages import success
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from onegrid.notifications.public import read_all_notices, read_notice, received
from onegrid.workspace.readers.notices import notice_page, unread
from onegrid.workspace.web.frame import frame, officer


@require_GET
@never_cache
def notices(request: HttpRequest) -> HttpResponse:
    """List what one was told, newest first, or only what is unread."""
    at, after, is_unread = timezone.now(), request.GET.get("after", ""), "unread" in request.GET
    page = notice_page(officer(request), is_unread=is_unread, after=after, at=at)
    words: dict[str, str] = {"unread": "1"} if is_unread else {}
    context = {
        **frame(request, "notices"),
        "lines": page.lines,
        "is_unread": is_unread,
        "has_unread": any(not line.is_read for line in page.lines),
        "drawn_at": at.isoformat(),
        "first_url": f"?{urlencode(words)}" if after else "",
        "next_url": f"?{urlencode({**words, 'after': page.next_after})}" if page.next_after else "",
    }
    return render(request, "workspace/notices.html", context)


@require_GET
@never_cache
def bell(request: HttpRequest) -> HttpResponse:
    """Say how much one has not read."""
    return JsonResponse({"unread": unread(officer(request))})


@require_GET
@never_cache
def open_notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Take a notice for read and go to what it is about. A plain link, because it also stands in e-mail."""
    found = received(notice_id, by=officer(request))
    read_notice(entry_id=notice_id, by=officer(request), at=timezone.now())
    return HttpResponseRedirect(found.path)


@require_POST
def read_one(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Take one notice for read and stay on the list."""
    read_notice(entry_id=notice_id, by=officer(request), at=timezone.now())
    return redirect("workspace:notices")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Take for read all that was told until the list was drawn."""
    at = timezone.now()
    count = read_all_notices(until=min(at, _drawn_at(request) or at), by=officer(request), at=at)
    success(request, ngettext("%d notice is marked as read.", "%d notices are marked as read.", count) % count)
    return redirect("workspace:notices")


def _drawn_at(request: HttpRequest) -> datetime | None:
    try:
        moment = parse_datetime(request.POST.get("until", ""))
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
