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
        key = _key(request)
        if not key:
            return view(request, *args, **kwargs)
        answer, is_new = take_key(key=key, caller=_caller(request), request_hash=_hash(request), at=now())
        if not is_new:
            return _first(answer, request)
        try:
            response = view(request, *args, **kwargs)
        except Exception:
            release_key(answer=answer)
            raise
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            release_key(answer=answer)
        else:
            body, etag = response.content.decode(), response.get("ETag", "")
            keep_answer(answer=answer, status=response.status_code, body=body, etag=etag)
        return response

    vars(answered_once)["headers"] = {
        **getattr(view, "headers", {}),
        HEADER: "Made by the caller, best a UUIDv7: a repeated request with it gets the first answer.",
    }
    return answered_once


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


def _hash(request: HttpRequest) -> str:
    said = [
        (request.method or "").encode(),
        request.get_full_path().encode(),
        request.headers.get("If-Match", "").encode(),
    ]
    return hashlib.sha256(b"\0".join([*said, request.body])).hexdigest()


def _first(answer: FirstAnswer, request: HttpRequest) -> HttpResponse:
    if answer.request_hash != _hash(request):
        raise KeyUsedBeforeError
    if not answer.status:
        raise StillUnderWayError
    response = HttpResponse(answer.body, status=answer.status, content_type="application/json")
    response["Idempotent-Replay"] = "true"
    if answer.etag:
        response["ETag"] = answer.etag
    return response
