"""The promise page of a case and its pictures, for anybody."""

from http import HTTPStatus
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onegrid.cases.public import case_number, public_file, public_thumbnail
from onegrid.core.serving import ServedFile, serve
from onegrid.core.web.keeping import kept_for_all
from onegrid.following.public import Kind
from onegrid.portal.readers.promise import case_version, find, is_shown_photo, promise
from onegrid.portal.web.feeds import feed_url
from onegrid.portal.web.frame import frame


@login_not_required
@require_safe
@kept_for_all(version=case_version)
def case(request: HttpRequest, *, number: str) -> HttpResponse:
    """Show where a case stands; what strangers may not see is not there for them."""
    wanted = case_number(number)
    found = find(wanted)
    if found is None:
        return render(request, "portal/unknown.html", frame(request), status=HTTPStatus.NOT_FOUND)
    if wanted != number:
        return redirect("portal:case", number=wanted)
    now = timezone.now()
    page = promise(found, at=now)
    feeds = [(f"{page.title} · {wanted}", feed_url(Kind.CASE, wanted))]
    return render(request, "portal/case.html", frame(request) | {"page": page, "now": now, "feeds": feeds})


@login_not_required
@require_safe
def photo(request: HttpRequest, *, photo_id: UUID) -> HttpResponseBase:
    """Give out a picture that was cleared for everybody."""
    return _serve(request, photo_id, public_file(photo_id))


@login_not_required
@require_safe
def photo_small(request: HttpRequest, *, photo_id: UUID) -> HttpResponseBase:
    """Give out the small picture of it."""
    return _serve(request, photo_id, public_thumbnail(photo_id))


def _serve(request: HttpRequest, photo_id: UUID, served: ServedFile | None) -> HttpResponseBase:
    if served is None or not is_shown_photo(photo_id):
        message = "No such picture, or not for everybody."
        raise Http404(message)
    return serve(request, served)
