"""Filters under a name: saving the one in force, and the page where they are renamed, shared, begun with, deleted."""

from http import HTTPStatus
from uuid import UUID

from django.contrib.messages import success
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from onegrid.core.errors import InvalidInputError
from onegrid.core.ids import new_id
from onegrid.workspace.actions.save_filter import change_filter, choose_start, delete_filter, save_filter
from onegrid.workspace.readers.chips import chips
from onegrid.workspace.readers.queue import scope_label
from onegrid.workspace.readers.saved_filters import meant, saved_filters, units_to_share_with
from onegrid.workspace.rules.filters import Filters, read_query
from onegrid.workspace.web.frame import frame, officer


@require_http_methods(["GET", "POST"])
def saved(request: HttpRequest) -> HttpResponse:
    """Show one's saved filters with a form for the one the address names; or save that."""
    if request.method == "GET":
        return _page(request, filters=meant(request.GET.urlencode()) if request.GET else None)
    filters = None
    try:
        filters = read_query(request.POST.get("query", ""))
        kept = save_filter(
            filter_id=UUID(request.POST.get("id", "")),
            name=_name(request),
            filters=filters,
            unit_code=request.POST.get("unit", ""),
            is_start="is_start" in request.POST,
            by=officer(request),
            at=timezone.now(),
        )
    except ValueError:
        return _page(request, filters=filters, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except InvalidInputError as refusal:
        return _page(request, filters=filters, problem=str(refusal), status=refusal.status)
    success(request, _("“%(name)s” is saved.") % {"name": kept.name})
    return redirect(f"{reverse('workspace:queue')}{kept.query}")


@require_POST
def change(request: HttpRequest, filter_id: UUID) -> HttpResponse:
    """Rename a filter, and share it or not."""
    name, unit = _name(request), request.POST.get("unit", "")
    try:
        kept = change_filter(filter_id=filter_id, name=name, unit_code=unit, by=officer(request), at=timezone.now())
    except InvalidInputError as refusal:
        return _page(request, problem=str(refusal), status=refusal.status)
    success(request, _("“%(name)s” is saved.") % {"name": kept.name})
    return redirect("workspace:saved")


@require_POST
def delete(request: HttpRequest, filter_id: UUID) -> HttpResponse:
    """Give a filter up."""
    name = delete_filter(filter_id=filter_id, by=officer(request), at=timezone.now())
    success(request, _("“%(name)s” is deleted. No case has changed.") % {"name": name})
    return redirect("workspace:saved")


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Choose with which filter one's queue opens; with none it opens with what waits."""
    word = request.POST.get("filter", "")
    try:
        choose_start(filter_id=UUID(word) if word else None, by=officer(request))
    except ValueError:
        return _page(request, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    said = _("Your queue now opens with this filter.") if word else _("Your queue now opens with what waits for you.")
    success(request, said)
    return redirect("workspace:saved")


def _name(request: HttpRequest) -> str:
    return request.POST.get("name", "").replace("\x00", "")


def _page(
    request: HttpRequest, *, filters: Filters | None = None, problem: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {
        **frame(request, "queue"),
        "saved": saved_filters(by=officer(request), at=timezone.now()),
        "share_units": units_to_share_with(officer(request)),
        "problem": problem,
        "fresh": filters,
        "fresh_scope": scope_label(filters.scope) if filters else "",
        "fresh_chips": chips(filters) if filters else (),
        "fresh_id": new_id(),
        "name": _name(request),
    }
    return render(request, "workspace/saved_filters.html", context, status=status)
