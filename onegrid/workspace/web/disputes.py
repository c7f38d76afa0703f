"""Disputes: the open dockets, what was decided before, and the page of one docket."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib.messages import success
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onegrid.core.errors import DomainError, InvalidInputError
from onegrid.dispatch.public import decided_categories
from onegrid.workspace.readers.case import found
from onegrid.workspace.readers.choices import units_at
from onegrid.workspace.readers.dockets import DocketPage, docket_page, open_lines, precedent_lines
from onegrid.workspace.readers.queue import categories_to_choose
from onegrid.workspace.web.forms.disputing import ArgueForm, InviteForm
from onegrid.workspace.web.frame import frame, officer


@require_GET
def disputes(request: HttpRequest) -> HttpResponse:
    """List the open dockets, soonest due first, and below them what was decided about a category."""
    by, at, category = officer(request), timezone.now(), request.GET.get("category", "").replace("\x00", "")
    open_after, after = request.GET.get("open_after", ""), request.GET.get("after", "")
    waiting, open_next = open_lines(by=by, at=at, after=open_after)
    lines, decided_next = precedent_lines(category=category, by=by, at=at, after=after)
    kept = {"category": category} if category else {}
    context = {
        "open": waiting,
        "open_first_url": f"?{urlencode(kept)}" if open_after else "",
        "open_next_url": f"?{urlencode({**kept, 'open_after': open_next})}" if open_next else "",
        "decided": lines,
        "first_url": f"?{urlencode(kept)}#decided" if after else "",
        "next_url": f"?{urlencode({**kept, 'after': decided_next})}#decided" if decided_next else "",
        "category": category,
        "categories": categories_to_choose(about=decided_categories(by=by) | ({category} if category else set())),
    }
    return render(request, "workspace/disputes.html", {**frame(request, "disputes"), **context})


@require_http_methods(["GET", "POST"])
def docket(request: HttpRequest, number: str, docket_number: int) -> HttpResponse:
    """Show a docket with both sides, or argue in it."""
    case = found(number, by=officer(request))
    page = docket_page(case, docket_number, by=officer(request), at=timezone.now())
    if request.method == "GET":
        return _page(request, page, argue=ArgueForm(found=page.docket))
    form = ArgueForm(request.POST, request.FILES, found=page.docket)
    try:
        if form.is_valid():
            form.carry_out(by=officer(request), at=timezone.now())
            success(request, _("Your argument is in the docket."))
            return redirect(page.line.url)
    except InvalidInputError as refusal:
        for name, message in (refusal.fields or {"": str(refusal)}).items():
            form.add_error(name if name in form.fields else None, message)
    except DomainError as refusal:
        return _page(request, page, argue=form, problem=str(refusal), status=refusal.status)
    return _page(request, page, argue=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@require_POST
def invite(request: HttpRequest, number: str, docket_number: int) -> HttpResponse:
    """Let one more unit have a say in a docket."""
    case = found(number, by=officer(request))
    form = InviteForm(request.POST, auto_id="f_%s")
    try:
        if form.is_valid():
            form.carry_out(case, by=officer(request), at=timezone.now())
            success(request, _("The unit is invited; it sees the case until it is decided."))
            return redirect("workspace:docket", case.number, docket_number)
    except InvalidInputError as refusal:
        form.add_error("invited", str(refusal))
    page = docket_page(case, docket_number, by=officer(request), at=timezone.now())
    argue, status = ArgueForm(found=page.docket), HTTPStatus.UNPROCESSABLE_ENTITY
    return _page(request, page, argue=argue, invite=form, status=status)


def _page(
    request: HttpRequest,
    page: DocketPage,
    *,
    argue: ArgueForm,
    invite: InviteForm | None = None,
    problem: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        **frame(request, "disputes"),
        "page": page,
        "argue": argue,
        "form": invite if invite and invite.errors else argue,
        "invite": invite or InviteForm(auto_id="f_%s"),
        "units": units_at(page.docket.case) if page.docket.is_open else (),
        "problem": problem,
    }
    return render(request, "workspace/docket.html", context, status=status)
