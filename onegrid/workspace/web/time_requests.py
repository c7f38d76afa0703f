"""The requests for more time that wait for one's decision."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from onegrid.workspace.readers.more_time import waiting_requests
from onegrid.workspace.web.frame import frame, officer


@require_GET
def time_requests(request: HttpRequest) -> HttpResponse:
    """Show what waits, soonest due first."""
    lines = waiting_requests(officer(request), at=timezone.now())
    return render(request, "workspace/time_requests.html", {**frame(request, "time"), "requests": lines})
