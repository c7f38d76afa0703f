"""What the public sees of a photo: its copy beside the original, what is covered in it, and whether it is shown."""

from http import HTTPStatus
from uuid import UUID

from django.contrib.messages import error, success
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from onegrid.cases.public import Case, NoCopyYetError, ask_for_copy, cover_photo, show_evidence
from onegrid.core.errors import InvalidInputError
from onegrid.workspace.readers.case import found
from onegrid.workspace.readers.photo import photo_page
from onegrid.workspace.web.forms.covering import CoverForm
from onegrid.workspace.web.frame import frame, officer

SHOWN = "1"


@never_cache
@require_safe
def photo(request: HttpRequest, number: str, photo_id: UUID) -> HttpResponse:
    """Show a photo beside the copy for the public, with every box that is covered."""
    return _page(request, found(number, by=officer(request)), photo_id, form=CoverForm())


@require_POST
def show_photo(request: HttpRequest, number: str, photo_id: UUID) -> HttpResponse:
    """Let the public see the copy of a photo that an officer has looked at, or take it away again."""
    case = found(number, by=officer(request))
    is_public = request.POST.get("public") == SHOWN
    try:
        show_evidence(evidence_id=photo_id, is_public=is_public, by=officer(request), at=timezone.now())
    except (InvalidInputError, NoCopyYetError) as refusal:
        error(request, str(refusal))
    else:
        said = _("The public sees the copy now.") if is_public else _("The public does not see the photo any more.")
        success(request, said)
    return redirect("workspace:photo", case.number, photo_id)


@require_POST
def look_photo(request: HttpRequest, number: str, photo_id: UUID) -> HttpResponse:
    """Have a photo looked through for faces and plates."""
    case = found(number, by=officer(request))
    ask_for_copy(evidence_id=photo_id, by=officer(request))
    return redirect("workspace:photo", case.number, photo_id)


@require_POST
def cover(request: HttpRequest, number: str, photo_id: UUID) -> HttpResponse:
    """Cover more of a photo, or lift boxes with a reason; the copy is drawn anew at once."""
    case, form = found(number, by=officer(request)), CoverForm(request.POST)
    if form.is_valid():
        try:
            cover_photo(evidence_id=photo_id, change=form.change(), by=officer(request), at=timezone.now())
        except InvalidInputError as refusal:
            for name, text in refusal.fields.items():
                form.add_error(name, text)
        except NoCopyYetError as refusal:
            form.add_error(None, str(refusal))
        else:
            success(request, _("The copy was drawn anew."))
            return redirect("workspace:photo", case.number, photo_id)
    return _page(request, case, photo_id, form=form)


def _page(request: HttpRequest, case: Case, photo_id: UUID, *, form: CoverForm) -> HttpResponse:
    page = photo_page(case, photo_id)
    if page is None:
        message = "There is no such photo in this case."
        raise Http404(message)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    ticked = {"lift": form.chosen("lift"), "cover": form.chosen("cover")}
    context = {**frame(request, "queue"), "page": page, "form": form, "ticked": ticked, "rows": form.blank_rows()}
    return render(request, "workspace/photo.html", context, status=status)
