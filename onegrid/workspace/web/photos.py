"""Which photos of a case the public sees."""

from uuid import UUID

from django.contrib.messages import error, success
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from onegrid.cases.public import show_evidence
from onegrid.core.errors import InvalidInputError
from onegrid.workspace.readers.case import found
from onegrid.workspace.web.frame import officer

SHOWN = "1"


@require_POST
def show_photo(request: HttpRequest, number: str, photo_id: UUID) -> HttpResponse:
    """Let the public see a photo that an officer has looked at, or take it away again."""
    case = found(number, by=officer(request))
    is_public = request.POST.get("public") == SHOWN
    try:
        show_evidence(evidence_id=photo_id, is_public=is_public, by=officer(request), at=timezone.now())
    except InvalidInputError as refusal:
        error(request, str(refusal))
        return redirect("workspace:case", case.number)
    success(
        request, _("The public sees the photo now.") if is_public else _("The public does not see the photo any more.")
    )
    return redirect("workspace:case", case.number)
