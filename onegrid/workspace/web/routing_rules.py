"""Routing rules: the table, a new one from a decided docket with what it would change, and the end of one."""

from http import HTTPStatus

from django.contrib.messages import error, success
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onegrid.core.errors import DomainError, InvalidInputError, NotAllowedError
from onegrid.dispatch.public import end_rule, make_rule, preview_rule
from onegrid.workspace.readers.case import found
from onegrid.workspace.readers.dockets import DocketPage, docket_page
from onegrid.workspace.readers.routing_rules import EffectView, area_at_first, effect_view, proposal_choices, rule_rows
from onegrid.workspace.web.forms.rule import RuleForm
from onegrid.workspace.web.frame import frame, may, officer

SAVE = "_save"  # the button that makes the rule; without it what it would change is only shown


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """Show the routing table: what was made of dockets, then what came with the pack."""
    by = officer(request)
    made, packed = rule_rows(by=by, may_end=may(by, "dispatch.make_rule"), at=timezone.now())
    return render(
        request, "workspace/routing_rules.html", {**frame(request, "simulator"), "made": made, "packed": packed}
    )


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, number: str, docket_number: int) -> HttpResponse:
    """Show what a rule made of a docket would change, or make it."""
    by, at = officer(request), timezone.now()
    page = docket_page(found(number, by=by), docket_number, by=by, at=at)
    if not page.docket.may_make_rule:
        raise NotAllowedError(_("Your duties do not allow this here."))
    choices, area = proposal_choices(page.docket), area_at_first(page.docket)
    form = RuleForm(request.POST or None, choices=choices, area=area, at=at)
    if not form.is_bound or not form.is_valid():
        return _form(request, page, form, status=422 if form.is_bound else 200)
    dispute_id = page.docket.dispute.pk
    try:
        if SAVE in request.POST:
            make_rule(dispute_id=dispute_id, proposal=form.proposal, by=by, at=at)
            success(request, _("The rule is made. Cases that come in from its day on are suggested to go there."))
            return redirect("workspace:rules")
        _proposed, effect = preview_rule(dispute_id=dispute_id, proposal=form.proposal, by=by, at=at)
    except InvalidInputError as refusal:
        form.take_refusal(refusal)
        return _form(request, page, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    seen = effect_view(effect, category=form.proposal.category_code, area=form.proposal.area_code)
    return _form(request, page, form, effect=seen)


@require_POST
def end(request: HttpRequest, code: str) -> HttpResponse:
    """Let a rule hold no more from today on."""
    try:
        end_rule(code=code, reason=request.POST.get("reason", ""), by=officer(request), at=timezone.now())
    except DomainError as refusal:
        if refusal.status in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}:
            raise
        error(request, " ".join(getattr(refusal, "fields", {}).values()) or str(refusal))
    else:
        success(request, _("The rule holds no more. Cases keep the unit they have."))
    return redirect("workspace:rules")


def _form(
    request: HttpRequest, page: DocketPage, form: RuleForm, *, effect: EffectView | None = None, status: int = 200
) -> HttpResponse:
    context = {**frame(request, "disputes"), "page": page, "form": form, "effect": effect}
    return render(request, "workspace/routing_rule.html", context, status=status)
