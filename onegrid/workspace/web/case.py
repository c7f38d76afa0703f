"""The page of a case, its preview beside the list, and its paper."""

import json

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from onegrid.cases.public import note_print
from onegrid.core.spreadsheets.files import download
from onegrid.workspace.readers.case import SHOWN, case_page, found
from onegrid.workspace.readers.case_document import case_document
from onegrid.workspace.readers.paper import paper
from onegrid.workspace.readers.walk import walk
from onegrid.workspace.web.came_from import kept, list_of
from onegrid.workspace.web.frame import frame, officer

INTERNAL = "internal"


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


@require_POST
def print_pdf(request: HttpRequest, number: str) -> HttpResponseBase:
    """Give out a case as PDF: the public copy or, if that is chosen, the internal one; either is noted."""
    by, at, is_internal = officer(request), timezone.now(), request.POST.get("copy") == INTERNAL
    case = found(number, by=by)
    note_print(case=case, is_internal=is_internal, by=by, at=at)
    address = _public_address(request, case.number)
    document = case_document(case, by=by, at=at, is_internal=is_internal, address=address)
    suffix = f"-{INTERNAL}" if is_internal else ""
    return download([document], name=f"{case.number}{suffix}.pdf")


def _public_address(request: HttpRequest, number: str) -> str:
    try:
        return request.build_absolute_uri(reverse("portal:case", args=[number]))
    except NoReverseMatch:  # an installation without the portal
        return ""
