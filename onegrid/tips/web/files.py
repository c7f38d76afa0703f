"""Sealed files for their readers: as they came, part by part."""

from collections.abc import Iterator
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from onegrid.core.api.problems import refusal
from onegrid.core.errors import DomainError
from onegrid.tips.actions.open_original import open_original
from onegrid.tips.models import Attachment
from onegrid.tips.readers.inbox import attachment
from onegrid.tips.web.frame import officer


@require_GET
@never_cache
def show(request: HttpRequest, *, attachment_id: UUID) -> HttpResponseBase:
    """Give out a sealed file that is no original."""
    return _sealed(attachment(attachment_id, by=officer(request)))


@require_POST
@never_cache
def original(request: HttpRequest, *, attachment_id: UUID) -> HttpResponseBase:
    """Give out a sealed original, for a reason."""
    reason = request.POST.get("reason", "")
    try:
        found = open_original(attachment_id=attachment_id, reason=reason, by=officer(request), at=timezone.now())
    except DomainError as error:
        return refusal(request, error)
    return _sealed(found)


def _sealed(found: Attachment) -> HttpResponseBase:
    response = StreamingHttpResponse(_parts(found), content_type="application/octet-stream")
    response["Content-Length"] = str(found.size)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _parts(found: Attachment) -> Iterator[bytes]:
    for number in range(found.parts_kept):
        yield bytes(found.parts.get(number=number).body)
