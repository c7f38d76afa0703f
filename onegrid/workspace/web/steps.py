"""
One step on a case: the form as part of the case's page, and what becomes of it.

Every answer is the whole page of the case, so that it works without script;
with script only its main part is swapped. Refusals keep what was written: 422
at the fields, 403 and 409 with the case as it now stands.
"""

from http import HTTPStatus
from uuid import UUID

from django.contrib.messages import success
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onegrid.cases.public import (
    Case,
    IllegalMoveError,
    Reply,
    cancel_task,
    case_by_number,
    extend_task,
    finish_task,
    replies_for,
)
from onegrid.core.errors import DomainError, InvalidInputError, NotAllowedError
from onegrid.workspace.readers.case import CasePage, case_page, found, require_step, why_shut
from onegrid.workspace.readers.choices import choices_for
from onegrid.workspace.readers.walk import walk
from onegrid.workspace.rules.steps import STEPS, label_of
from onegrid.workspace.web.came_from import kept, list_of
from onegrid.workspace.web.forms import FORMS, StepForm
from onegrid.workspace.web.forms.step import text_field
from onegrid.workspace.web.frame import frame, officer

SEARCH = "_search"  # the button that looks for categories without sending the form
REPLY = "_reply"  # the button that puts a reply template into the form without sending it


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Show the form of a step, or take the step."""
    if name not in FORMS:
        message = "No such step."
        raise Http404(message)
    case = found(number, by=officer(request))
    try:
        require_step(STEPS[name], case, by=officer(request))
    except NotAllowedError as refusal:
        return _not_allowed(request, case, name=name, refusal=refusal)
    return _take(request, case, name) if request.method == "POST" else _ask(request, case, name)


@require_GET
def split(request: HttpRequest, number: str) -> HttpResponse:
    """Lead to the form of a new case that becomes a part of this one."""
    case = found(number, by=officer(request))
    return redirect(f"{reverse('workspace:new_case')}?parent={case.number}")


@require_POST
def task(request: HttpRequest, number: str, task_id: UUID) -> HttpResponse:
    """Report a supporting task as done, call it off, or give it more time."""
    case, text = found(number, by=officer(request)), request.POST.get("result", "")
    deed = _TASK_DEEDS.get(request.POST.get("do", ""), _finish_task)
    try:
        done = deed(request, task_id, _sayable(text))
    except DomainError as refusal:
        problem = str(refusal)
        return _page(request, case, status=refusal.status, task_problem=problem, task_id=task_id, task_text=text)
    success(request, done)
    return redirect("workspace:case", case.number)


def _sayable(text: str) -> str:
    """Return what somebody wrote about a task, refused where it is too long or cannot be kept."""
    try:
        return str(_TASK_TEXT.clean(text))
    except ValidationError as fault:
        raise InvalidInputError(" ".join(fault.messages)) from fault


def _finish_task(request: HttpRequest, task_id: UUID, text: str) -> str:
    finish_task(task_id=task_id, result=text, by=officer(request), at=timezone.now())
    return _("The supporting task is done.")


def _cancel_task(request: HttpRequest, task_id: UUID, text: str) -> str:
    cancel_task(task_id=task_id, reason=text, by=officer(request), at=timezone.now())
    return _("The supporting task is called off.")


def _extend_task(request: HttpRequest, task_id: UUID, text: str) -> str:
    share = HALF if request.POST.get("share") == "half" else WHOLE
    extend_task(task_id=task_id, share=share, reason=text, by=officer(request), at=timezone.now())
    return _("The supporting unit has more time.")


_TASK_TEXT = text_field("")
HALF, WHOLE = 0.5, 1.0  # of the limit, given once more
_TASK_DEEDS = {"finish": _finish_task, "cancel": _cancel_task, "extend": _extend_task}


def _ask(request: HttpRequest, case: Case, name: str) -> HttpResponse:
    picked = {"near": number} if (number := request.GET.get("near", "")) else {}
    form = FORMS[name](initial=picked, case=case, by=officer(request), at=timezone.now())
    page = case_page(case, by=officer(request), at=form.at, query=kept(list_of(request)))
    if page.offer(name) is None:
        problem = why_shut(name, case, by=form.by, at=form.at)
        return _page(request, case, page=page, status=HTTPStatus.CONFLICT, problem=problem)
    return _page(request, case, page=page, form=form, name=name)


def _not_allowed(request: HttpRequest, case: Case, *, name: str, refusal: NotAllowedError) -> HttpResponse:
    """Say that a step is not among somebody's duties, before anything is said about what they sent."""
    sent = request.POST if request.method == "POST" else None
    form = FORMS[name](sent, case=case, by=officer(request), at=timezone.now())
    return _page(request, case, status=refusal.status, problem=str(refusal), written=form.written() if sent else ())


def _take(request: HttpRequest, case: Case, name: str) -> HttpResponse:
    form = FORMS[name](request.POST, request.FILES, case=case, by=officer(request), at=timezone.now())
    if SEARCH in request.POST:
        return _page(request, case, form=_unchecked(form), name=name)
    if REPLY in request.POST:
        return _page(request, case, form=_worded(form, request.POST.get("reply", "")), name=name)
    try:
        if form.is_valid():
            _require_open(form, name, has_files=bool(request.FILES))
            form.carry_out()
            return _done(request, case, name)
    except InvalidInputError as refusal:
        form.take_refusal(refusal)
    except DomainError as refusal:
        return _refused(request, case, form=form, name=name, refusal=refusal)
    return _page(request, case, form=form, name=name, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _require_open(form: StepForm, name: str, *, has_files: bool) -> None:
    """
    Refuse a step that is shut before its files are kept, as they would stay; else the action says it all by itself.

    A version that is old is the action's to refuse, as it names who changed the case.
    """
    is_fresh = form.cleaned_data["version"] == form.case.version
    if has_files and is_fresh and (why := why_shut(name, form.case, by=form.by, at=form.at)):
        raise IllegalMoveError(why)


def _done(request: HttpRequest, case: Case, name: str) -> HttpResponse:
    success(request, _("%(number)s: %(step)s – done.") % {"number": case.number, "step": label_of(name)})
    is_still_seen = case_by_number(case.number, by=officer(request)) is not None
    address = reverse("workspace:case", args=[case.number]) if is_still_seen else reverse("workspace:queue")
    return redirect(f"{address}{kept(list_of(request))}")


def _refused(request: HttpRequest, case: Case, *, form: StepForm, name: str, refusal: DomainError) -> HttpResponse:
    """Show the case as it stands now, what was refused, and what the person had written."""
    fresh = case_by_number(case.number, by=officer(request))
    if fresh is None:
        raise refusal
    page, said = case_page(fresh, by=officer(request), at=form.at, query=kept(list_of(request))), str(refusal)
    if page.offer(name) is None or isinstance(refusal, NotAllowedError):
        return _page(request, fresh, page=page, status=refusal.status, problem=said, written=form.written())
    again = FORMS[name](initial=_kept(form, fresh), case=fresh, by=form.by, at=form.at)
    return _page(request, fresh, page=page, status=refusal.status, problem=said, form=again, name=name)


def _kept(form: StepForm, fresh: Case) -> dict[str, object]:
    kept = {bound.name: bound.value() for bound in form if bound.name in form.data}
    return {**kept, "version": fresh.version}


def _unchecked(form: StepForm) -> StepForm:
    """Return the form with what was typed but without complaints: it was not sent yet."""
    return type(form)(initial=_kept(form, form.case), case=form.case, by=form.by, at=form.at)


def _worded(form: StepForm, reply_id: str) -> StepForm:
    """Return the form with the text of a template below what was typed."""
    chosen = next((reply.text for reply in _replies(form) if str(reply.id) == reply_id), "")
    kept = _kept(form, form.case)
    texts = [str(kept.get(form.words) or "").strip(), chosen]
    kept[form.words] = "\n".join(text for text in texts if text)
    return type(form)(initial=kept, case=form.case, by=form.by, at=form.at)


def _replies(form: StepForm) -> list[Reply]:
    """Return the templates for a step, filled in for its case."""
    return replies_for(form.reply_step, form.case, by=form.by) if form.reply_step else []


def _page(
    request: HttpRequest, case: Case, *, page: CasePage | None = None, status: int = HTTPStatus.OK,
    form: StepForm | None = None, name: str = "", **extra: object,
) -> HttpResponse:  # fmt: skip
    by, at, filters = officer(request), timezone.now(), list_of(request)
    page = page or case_page(case, by=by, at=at, query=kept(filters))
    way = walk(case, filters, by=by, at=at) if filters else None
    context = {**frame(request, "queue"), "page": page, "walk": way, "form": form, **extra}
    if form is not None:
        context |= {
            "step": STEPS[name],
            "step_label": label_of(name),
            "offer": page.offer(name),
            "step_template": form.template,
            "may_merge": page.offer("merge") is not None,
            "may_link": page.offer("link") is not None,
            "replies": _replies(form),
            "choices": choices_for(
                name, case, find=str(form["find"].value() or "") if "find" in form.fields else "", by=by, at=at
            ),
        }
    return render(request, "workspace/case.html", context, status=status)
