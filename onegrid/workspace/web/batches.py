"""
A step on many cases: what it would do, then doing it, then what became of each.

All of it works as plain forms. The preview carries the cases on with where each
would go, so that what happens is what was shown.
"""

from contextlib import suppress
from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onegrid.core.errors import InvalidInputError
from onegrid.core.ids import new_id
from onegrid.units.public import directory
from onegrid.workspace.actions.run_batch import BatchNotFoundError, BatchUnderWayError, carry_on, run_batch
from onegrid.workspace.models import BatchAction
from onegrid.workspace.readers.batch_plan import Plan, plan
from onegrid.workspace.readers.batches import batch_of, batch_report, batches_of
from onegrid.workspace.readers.choices import groups
from onegrid.workspace.rules.batches import Wish, outlook, require_sensible
from onegrid.workspace.web.forms.batch import (
    BatchForm,
    action_of,
    list_behind,
    picked_of,
    settled_picks,
    wish_of,
)
from onegrid.workspace.web.frame import frame, officer


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """Show what a step would do to the picked cases. Nothing is written."""
    return _preview(request, status=HTTPStatus.OK)


@require_http_methods(["GET", "POST"])
def batches(request: HttpRequest) -> HttpResponse:
    """List the reports of one's own; or take the step that a preview has shown, and lead to its report."""
    if request.method == "GET":
        lines = batches_of(officer(request), at=timezone.now())
        return render(request, "workspace/batches.html", {**frame(request, "batches"), "lines": lines})
    try:
        batch_id = UUID(request.POST.get("id", ""))
        form = BatchForm(request.POST, action=action_of(request))
        if not form.is_valid():
            return _preview(request, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        if form.choice != request.POST.get("shown", ""):
            return _preview(request, status=HTTPStatus.OK, is_changed=True)
        wish = wish_of(form, settled_picks(request))
        require_sensible(wish)
    except (ValueError, InvalidInputError) as refusal:
        return _preview(request, status=HTTPStatus.UNPROCESSABLE_ENTITY, refusal=refusal)
    query = list_behind(request).query()
    with suppress(BatchUnderWayError):  # a second click: the report says how far the first one is
        run_batch(batch_id=batch_id, wish=wish, query=query, by=officer(request), at=timezone.now())
    return redirect("workspace:batch", batch_id)


@require_GET
def report(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Show what became of each case of a batch."""
    batch = batch_of(batch_id, by=officer(request))
    if batch is None:
        raise BatchNotFoundError(_("There is no such report, or it is not yours."))
    found = batch_report(batch, by=officer(request), at=timezone.now())
    return render(request, "workspace/batch_report.html", {**frame(request, "batches"), "report": found})


@require_POST
def resume(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Go on with a batch that was cut off."""
    carry_on(batch_id=batch_id, by=officer(request), at=timezone.now())
    return redirect("workspace:batch", batch_id)


def _preview(
    request: HttpRequest, *, status: int, is_changed: bool = False, refusal: Exception | None = None
) -> HttpResponse:
    by, at, filters = officer(request), timezone.now(), list_behind(request)
    back = f"{reverse('workspace:queue')}{filters.query()}"
    try:
        action, (picks, is_beginning) = action_of(request), picked_of(request, by=by, at=at)
    except InvalidInputError as fault:
        context = {**frame(request, "queue"), "problem": str(fault), "back_url": back}
        return render(request, "workspace/batch.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    form = BatchForm(request.POST, action=action)
    shown = plan(wish_of(form, picks) if form.is_valid() else Wish(action=action, picks=picks), by=by, at=at)
    if isinstance(refusal, InvalidInputError):
        form.take_refusal(refusal)
    context = {
        **frame(request, "queue"),
        "plan": shown,
        "form": form,
        "step": shown.wish.step,
        "step_label": action.label,
        "outlook": outlook(action),
        "batch_id": request.POST.get("id") or new_id(),
        "shown": shown.wish.choice,
        "is_changed": is_changed,
        "is_beginning": is_beginning,
        "query": filters.query(),
        "back_url": back,
        "asks_unit": action == BatchAction.DISPATCH,
        "units": _units(shown) if action == BatchAction.DISPATCH else (),
        "groups": groups() if action == BatchAction.FILE else (),
    }
    return render(request, "workspace/batch.html", context, status=status)


def _units(shown: Plan) -> list[str]:
    """Return the names of the units that work at all places of the picked cases."""
    paths = {f"{planned.case.area_path}/" for planned in shown.picked if planned.case}
    language = get_language() or ""
    fitting = (
        unit for unit in directory().by_code.values() if all(path.startswith(f"{unit.area_path}/") for path in paths)
    )
    return [unit.named(language) for unit in fitting]
