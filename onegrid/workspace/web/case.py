"""The page of a case, its preview beside the list, and its paper."""

import json

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from onegrid.workspace.readers.case import SHOWN, case_page, found
from onegrid.workspace.readers.paper import paper
from onegrid.workspace.readers.walk import walk
from onegrid.workspace.web.came_from import kept, list_of
from onegrid.workspace.web.frame import frame, officer


@require_GET
def case(request: HttpRequest, number: str) -> HttpResponse:
    """Show a case with everything that somebody may know of it and do to it."""
    by, at, filters = officer(request), timezone.now(), list_of(request)
    page = case_page(found(number, by=by), by=by, at=at, show=request.GET.get("show", ""), query=kept(filters))
    way = walk(page.case, filters, by=by, at=at) if filters else None
    said = [str(message) for message in get_messages(request)]  # read aloud; the layout draws the same ones
    show = {f"show_{part}": page.show == part for part in SHOWN}
    context = {**frame(request, "queue"), "page": page, "walk": way, "happened": said, **show}
    response = render(request, "workspace/case.html", context)
    if said:
        response["HX-Trigger"] = json.dumps({"say": " ".join(said)})  # ASCII, as a header must be
    return response


@require_GET
def preview(request: HttpRequest, number: str) -> HttpResponse:
    """Show the essentials of a case beside the list."""
    by = officer(request)
    page = case_page(found(number, by=by), by=by, at=timezone.now(), query=kept(list_of(request)))
    return render(request, "workspace/_preview.html", {"page": page, "last": page.entries[:3]})


@require_GET
def print_case(request: HttpRequest, number: str) -> HttpResponse:
    """Show what of a case may be handed out on paper: public content only."""
    sheet = paper(found(number, by=officer(request)), at=timezone.now())
    return render(request, "workspace/case_print.html", {"sheet": sheet})
