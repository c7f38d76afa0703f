"""The lateness appeals that wait for one's review."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from onegrid.workspace.readers.appeals import waiting_appeals
from onegrid.workspace.web.frame import frame, officer


@require_GET
def appeals(request: HttpRequest) -> HttpResponse:
    """Show what waits, oldest first."""
    lines = waiting_appeals(officer(request), at=timezone.now())
    return render(request, "workspace/appeals.html", {**frame(request, "appeals"), "appeals": lines})
