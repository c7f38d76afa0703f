"""Where the files of a report arrive piece by piece, by the tus protocol, before the report itself is sent."""

import re
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from onegrid.core.api import resumable as tus
from onegrid.core.api.problems import problem
from onegrid.core.media import resumable
from onegrid.core.media.resumable import Resumable
from onegrid.portal.web.report_files import looked_into
from onegrid.portal.web.throttle import UPLOADS, knock

MEGABYTE: Final = 1024 * 1024


# Nobody is signed in here and no cookie counts: whoever holds the id may go on, so forged requests gain nothing.
@csrf_exempt
@login_not_required
def uploads(request: HttpRequest) -> HttpResponse:
    """Say what is possible, or begin an upload."""
    at = timezone.now()
    if request.method == "POST" and (again_at := knock(request, UPLOADS, at=at, weight=_megabytes(request))):
        detail = _("Many files have come from your connection this hour. Send the report without them, or later.")
        response = problem(request, status=HTTPStatus.TOO_MANY_REQUESTS, detail=detail)
        response["Retry-After"] = str(int((again_at - at).total_seconds()) + 1)
        return response
    return tus.uploads(request, _DOOR, at=at)


@csrf_exempt
@login_not_required
def upload(request: HttpRequest, upload_id: str) -> HttpResponse:
    """Say how far an upload is, go on with it, or take it away."""
    return tus.upload(request, upload_id, _DOOR, at=timezone.now())


def _megabytes(request: HttpRequest) -> int:
    """Return what an upload counts for; one whose length cannot be is refused anyhow."""
    said = request.headers.get("Upload-Length", "")
    return max(1, min(int(said), settings.VIDEO_LIMIT) // MEGABYTE) if re.fullmatch(r"[0-9]{1,15}", said) else 1


def _accept(whole: Resumable) -> None:
    with resumable.opened(whole.id, at=timezone.now()) as content:
        looked_into(content, name=tus.filename(whole.metadata))


_DOOR = tus.Door(address=lambda id_: reverse("portal:upload", args=[id_]), accept=_accept)
