"""What a page that is open asks when it has heard of a change: what is new in its list, what happened to its case."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localtime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from onegrid.cases.public import CaseNotFoundError, known, news_of
from onegrid.core.errors import InvalidInputError
from onegrid.live.public import mark
from onegrid.workspace.readers.batch_plan import bulk_actions
from onegrid.workspace.readers.case import case_news, found
from onegrid.workspace.readers.queue import lines_of
from onegrid.workspace.readers.tasks import ask_waiting, beside_navigation
from onegrid.workspace.rules.filters import read
from onegrid.workspace.web.came_from import kept, list_of
from onegrid.workspace.web.frame import officer

MOST_LINES = 50  # that are put into a list; where more came in, the page is drawn anew


@require_GET
@never_cache
def queue_news(request: HttpRequest) -> HttpResponse:
    """Say what has come into the list of the address since a mark, and which cases have changed."""
    words = dict(request.GET.lists())
    by, at, since = officer(request), timezone.now(), words.pop("since", [""])[-1]
    try:
        asked = known(read(words).selection(now=localtime(at)))
        news = news_of(asked, since=mark(since), by=by, at=at)
    except InvalidInputError as refusal:
        return JsonResponse({"detail": str(refusal)}, status=refusal.status)
    waits = beside_navigation(ask_waiting(by, at=at)())
    return JsonResponse({"new": news.new, "changed": news.changed, "waiting": waits})


@require_GET
@never_cache
def queue_lines(request: HttpRequest) -> HttpResponse:
    """Draw some cases as lines of the list of the address."""
    words = dict(request.GET.lists())
    numbers = words.pop("number", [])[:MOST_LINES]
    by = officer(request)
    lines = lines_of(read(words), numbers, by=by, at=timezone.now(), bulk=bulk_actions(by))
    return render(request, "workspace/lines.html", {"lines": lines, "are_fresh": True}, using="jinja2")


@require_GET
@never_cache
def news_of_case(request: HttpRequest, number: str) -> HttpResponse:
    """Say what last happened to a case, unless it is what the page has shown already."""
    try:
        case = found(number, by=officer(request))
    except CaseNotFoundError:
        return render(request, "workspace/_case_news.html", {"is_gone": True})
    entry = case_news(case, last=request.GET.get("last", ""), at=timezone.now())
    if entry is None:
        return HttpResponse(status=204)
    context = {"entry": entry, "case": case, "query": kept(list_of(request)), "is_writing": "writing" in request.GET}
    return render(request, "workspace/_case_news.html", context)
