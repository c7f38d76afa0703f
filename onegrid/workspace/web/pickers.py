"""The lists that a search box fills while one types; without script the same lists come with the page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from onegrid.workspace.readers.choices import kinds_like

LONGEST = 100


@require_GET
def categories(request: HttpRequest) -> HttpResponse:
    """Show the categories that fit what is typed."""
    text = request.GET.get("find", "")[:LONGEST]
    context = {"kinds": kinds_like(text, is_search=True), "find": text, "chosen": request.GET.get("category", "")}
    return render(request, "workspace/_kinds.html", context)
