"""The lists that fill while one types; without script the same lists come with the page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from onegrid.core.errors import NotAllowedError
from onegrid.workspace.readers.choices import chosen_kind, kinds_like
from onegrid.workspace.readers.near import near_draft
from onegrid.workspace.web.frame import may, officer

LONGEST = 100
DRAFTED = ("text", "category", "find", "lon", "lat", "system")


@require_GET
def categories(request: HttpRequest) -> HttpResponse:
    """Show the categories that fit what is typed."""
    text, chosen = request.GET.get("find", "")[:LONGEST], request.GET.get("category", "")
    context = {"kinds": kinds_like("", find=text, current=chosen_kind(chosen)), "find": text, "chosen": chosen}
    return render(request, "workspace/_kinds.html", context)


@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """
    Show what is open near by and which categories fit while a new case is filled in; nothing is kept.

    It is sent in the body, because what people say does not belong in an address.
    """
    if not may(officer(request), "cases.report"):
        raise NotAllowedError
    sent = {name: request.POST.get(name, "") for name in DRAFTED}
    find = sent["find"][:LONGEST]
    context = {
        "near": near_draft(sent, by=officer(request), at=timezone.now()),
        "kinds": kinds_like(sent["text"], find=find, current=chosen_kind(sent["category"])),
        "find": find,
        "chosen": sent["category"],
        "is_swap": True,
    }
    return render(request, "workspace/_draft.html", context)
