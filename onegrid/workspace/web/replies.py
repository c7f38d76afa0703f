"""The reply templates: the list, one as a form, giving one up."""

from http import HTTPStatus
from uuid import UUID

from django.contrib.messages import success
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onegrid.cases.public import PLACEHOLDERS, ReplyEntry, retire_reply, write_reply
from onegrid.core.errors import InvalidInputError, NotAllowedError
from onegrid.core.ids import new_id
from onegrid.workspace.readers.reply_lines import reply_lines, reply_of
from onegrid.workspace.web.forms.reply import ReplyForm
from onegrid.workspace.web.frame import frame, may, officer

EDITS = ("cases.edit_templates", "cases.edit_unit_templates")


@require_GET
def replies(request: HttpRequest) -> HttpResponse:
    """List the templates by step."""
    _require_editor(request)
    context = {**frame(request, "replies"), "groups": reply_lines(officer(request)), "fresh_id": new_id()}
    return render(request, "workspace/replies.html", context)


@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, reply_id: UUID) -> HttpResponse:
    """Show the form of a template, new where there is none of this id yet; or keep it."""
    _require_editor(request)
    known = reply_of(reply_id, by=officer(request))
    if request.method == "GET":
        return _form(request, reply_id, ReplyForm(initial=_initial(known), by=officer(request)), known=known)
    form = ReplyForm(request.POST, by=officer(request))
    try:
        if form.is_valid():
            kept = write_reply(reply_id=reply_id, words=form.words, by=officer(request), at=timezone.now())
            success(request, _("“%(name)s” is saved.") % {"name": kept.name})
            return redirect("workspace:replies")
    except InvalidInputError as refusal:
        form.take_refusal(refusal)
    return _form(request, reply_id, form, known=known, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@require_POST
def retire(request: HttpRequest, reply_id: UUID) -> HttpResponse:
    """Give a template up."""
    retire_reply(reply_id=reply_id, by=officer(request), at=timezone.now())
    success(request, _("The template is not offered any more. What was written with it stays."))
    return redirect("workspace:replies")


def _require_editor(request: HttpRequest) -> None:
    if not may(officer(request), *EDITS):
        raise NotAllowedError(_("Your duties do not allow this here."))


def _initial(known: ReplyEntry | None) -> dict[str, object]:
    if known is None:
        return {}
    return {
        "step": known.step,
        "unit": known.unit_id or "",
        "category": known.category_code,
        "name": known.name,
        "name_en": known.name_en,
        "text": known.text,
        "text_en": known.text_en,
    }


def _form(
    request: HttpRequest, reply_id: UUID, form: ReplyForm, *, known: ReplyEntry | None, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {**frame(request, "replies"), "form": form, "reply_id": reply_id, "known": known}
    return render(request, "workspace/reply.html", {**context, "placeholders": PLACEHOLDERS}, status=status)
