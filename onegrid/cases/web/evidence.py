"""Give out the files of a case to those who may see the case. What strangers see, the public site gives out."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from onegrid.accounts.public import User
from onegrid.cases.readers import evidence as readers
from onegrid.core.serving import ServedFile, serve


@require_safe
def evidence(request: HttpRequest, evidence_id: UUID) -> HttpResponseBase:
    """Show a file as it was sent: photos, sounds and films in the page, documents to save."""
    assert isinstance(request.user, User)
    return _serve(request, readers.original(evidence_id, user=request.user))


@require_safe
def evidence_thumb(request: HttpRequest, evidence_id: UUID) -> HttpResponseBase:
    """Show the small picture of a photo."""
    assert isinstance(request.user, User)
    return _serve(request, readers.thumbnail(evidence_id, user=request.user))


@require_safe
def evidence_copy(request: HttpRequest, evidence_id: UUID) -> HttpResponseBase:
    """Show an officer the copy that the public sees, or would see."""
    assert isinstance(request.user, User)
    return _serve(request, readers.copy_of(evidence_id, user=request.user))


@require_safe
def evidence_copy_thumb(request: HttpRequest, evidence_id: UUID) -> HttpResponseBase:
    """Show the small picture of that copy."""
    assert isinstance(request.user, User)
    return _serve(request, readers.copy_of(evidence_id, user=request.user, is_small=True))


def _serve(request: HttpRequest, served: ServedFile | None) -> HttpResponseBase:
    if served is None:
        message = "No such file, or not for this person."
        raise Http404(message)
    return serve(request, served)
