"""The supporting tasks that one's units still have to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from onegrid.workspace.readers.tasks import open_tasks
from onegrid.workspace.web.frame import frame, officer


@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    """Show the open tasks, soonest due first."""
    lines = open_tasks(officer(request), at=timezone.now())
    return render(request, "workspace/tasks.html", {**frame(request, "tasks"), "tasks": lines})
