"""Answer a repeated request with its first answer: the header `Idempotency-Key`, made by the caller."""

import hashlib
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from onegrid.core.actions.keep_first_answers import keep_answer, release_key, take_key
from onegrid.core.api.errors import KeyUsedBeforeError, NotSignedInError, StillUnderWayError
from onegrid.core.errors import InvalidInputError
from onegrid.core.models import FirstAnswer

HEADER = "Idempotency-Key"
LONGEST = 100

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def idempotent(view: View[P]) -> View[P]:
    """Let an endpoint's first answer be its only one, for callers who send a key with the request."""

    @wraps(view)
    def answered_once(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return first_answer(request, lambda: view(request, *args, **kwargs))

    vars(answered_once)["headers"] = {
        **getattr(view, "headers", {}),
        HEADER: "Made by the caller, best a UUIDv7: a repeated request with it gets the first answer.",
    }
    return answered_once


def first_answer(
    request: HttpRequest,
    answer: Callable[[], HttpResponse],
    *,
    content_type: str = "application/json",
    body: Callable[[], bytes] | None = None,
) -> HttpResponse:
    """
    Return what a caller who sends a key was answered first, else what is answered now.

    `body` says what was sent, by which a repeated request is told from another one, where the body itself cannot be
    read again. What is answered again comes as `content_type`.

    :raises KeyUsedBeforeError: if the key was used before for another request.
    :raises StillUnderWayError: if the same request is being worked on.
    :raises InvalidInputError: if the key is none.
    """
    key = _key(request)
    if not key:
        return answer()
    request_hash = _hash(request, body() if body else request.body)
    first, is_new = take_key(key=key, caller=_caller(request), request_hash=request_hash, at=now())
    if not is_new:
        return _first(first, request_hash, content_type)
    try:
        response = answer()
    except Exception:
        release_key(answer=first)
        raise
    if response.status_code >= HTTPStatus.BAD_REQUEST:
        release_key(answer=first)
    else:
        etag = response.get("ETag", "")
        keep_answer(answer=first, status=response.status_code, body=response.content.decode(), etag=etag)
    return response


def _key(request: HttpRequest) -> str:
    key = request.headers.get(HEADER, "")
    if len(key) > LONGEST or not key.isprintable():
        message = _("An Idempotency-Key has at most %(count)d printable characters.") % {"count": LONGEST}
        raise InvalidInputError(message, fields={HEADER: message})
    return key


def _caller(request: HttpRequest) -> UUID:
    if request.user.pk is None:
        raise NotSignedInError
    return request.user.pk


def _hash(request: HttpRequest, body: bytes) -> str:
    said = [
        (request.method or "").encode(),
        request.get_full_path().encode(),
        request.headers.get("If-Match", "").encode(),
    ]
    return hashlib.sha256(b"\0".join([*said, body])).hexdigest()


def _first(answer: FirstAnswer, request_hash: str, content_type: str) -> HttpResponse:
    if answer.request_hash != request_hash:
        raise KeyUsedBeforeError
    if not answer.status:
        raise StillUnderWayError
    response = HttpResponse(answer.body, status=answer.status, content_type=content_type)
    response["Idempotent-Replay"] = "true"
    if answer.etag:
        response["ETag"] = answer.etag
    return response
