"""The queue: what waits for me, for my unit, for everything below me."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from onegrid.cases.public import CannotBeFoundError, Channel, Scope, known
from onegrid.core.ids import new_id
from onegrid.core.pagination import UnknownCursorError
from onegrid.workspace.readers.areas import areas_to_choose
from onegrid.workspace.readers.batch_plan import bulk_actions, offers
from onegrid.workspace.readers.queue import ask_queue, categories_to_choose, statuses_to_choose
from onegrid.workspace.readers.saved_filters import saved_filters, start_of, units_to_share_with
from onegrid.workspace.rules.filters import DAYS, FROM_ELSEWHERE, YES, Filters, NoSuchFilterError, Until, read
from onegrid.workspace.web.frame import VIEWS, ask_frame, frame, may, officer

STEPPING = ("cases.note",)  # what everybody may do for whom a step can wait


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show the list that the address asks for; without a duty that reads cases, what there is instead."""
    if not may(officer(request), *VIEWS):
        return render(request, "workspace/no_queue.html", frame(request, "queue"))
    by, at = officer(request), timezone.now()
    if not request.GET and (start := start_of(by)):
        return redirect(f"{reverse('workspace:queue')}{start.query()}")
    around = ask_frame(request, "queue")  # first, because its mark says from when on the list is news
    bulk, problem, filters = bulk_actions(by), "", Filters()
    try:
        filters = _asked(request)
        page = ask_queue(filters, by=by, at=at, bulk=bulk)
    except (NoSuchFilterError, CannotBeFoundError, UnknownCursorError) as refusal:
        filters, problem = Filters(), str(refusal)
        page = ask_queue(filters, by=by, at=at, bulk=bulk)
    context = {
        **around(),
        "search_text": filters.q,
        "kept": filters.words,
        "problem": problem,
        "bulk": offers(bulk),
        "share_units": units_to_share_with(by),
        "save_id": new_id(),
        "queue": page(),
        "saved": saved_filters(by=by, at=at, current=filters),
    }
    return render(request, "workspace/queue.html", context, status=_status(problem))


@require_GET
def choose_filters(request: HttpRequest) -> HttpResponse:
    """Show every filter there is, with those in force chosen."""
    filters, problem = Filters(), ""
    try:
        filters = read(dict(request.GET.lists()))
        known(filters.selection(now=timezone.localtime()))
    except (NoSuchFilterError, CannotBeFoundError) as refusal:
        problem = str(refusal)
    context = {
        **frame(request, "queue"),
        "filters": filters,
        "problem": problem,
        "statuses": statuses_to_choose(),
        "dues": Until.choices,
        "days": DAYS,
        "categories": categories_to_choose(),
        "areas": areas_to_choose(),
        "channels": Channel.choices,
        "kept": [(name, word) for name, word in filters.words if name in FROM_ELSEWHERE],
    }
    return render(request, "workspace/filters.html", context, status=_status(problem))


def _status(problem: str) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK


def _asked(request: HttpRequest) -> Filters:
    words = dict(request.GET.lists())
    # A search from the top bar looks at everything one may see, over or not.
    if set(words) == {"q"}:
        words |= {"scope": [Scope.ALL.value], "ended": [YES]}
    # For whom no step ever waits, such as a leader, the list begins with everything below.
    if "scope" not in words and not may(officer(request), *STEPPING):
        words |= {"scope": [Scope.ALL.value]}
    return read(words)
