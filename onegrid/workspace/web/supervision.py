"""The supervision orders that one's unit has to answer, and those one gave."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from onegrid.workspace.readers.supervision import waiting_orders
from onegrid.workspace.web.frame import frame, officer


@require_GET
def supervision_orders(request: HttpRequest) -> HttpResponse:
    """Show what waits for an answer, soonest due first."""
    lines = waiting_orders(officer(request), at=timezone.now())
    return render(request, "workspace/supervision_orders.html", {**frame(request, "orders"), "orders": lines})
