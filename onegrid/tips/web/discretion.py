"""What every answer to somebody who gives a tip has in common: open to anybody, kept by nobody, without a cookie."""

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import TypeVar

import msgspec
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from onegrid.core.api.problems import refusal
from onegrid.core.errors import DomainError

View = Callable[[HttpRequest], HttpResponse]
Shape = TypeVar("Shape", bound=msgspec.Struct)
HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=(self)",
    "X-Robots-Tag": "noindex",
}
LANGUAGE = "lang"


def discreet(view: View) -> View:
    """
    Show a view to anybody in the language its address names, and have no browser keep it.

    There is no session and no cookie that another site could misuse, so that forged requests need no token: whoever
    has a receipt code holds all there is.
    """

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        with translation.override(language_of(request)):
            response = view(request)
        for name, value in HEADERS.items():
            response[name] = value
        return response

    return csrf_exempt(login_not_required(answer))


def language_of(request: HttpRequest) -> str:
    """Return the language that an address names, else the one the reader has chosen elsewhere or prefers."""
    asked = request.GET.get(LANGUAGE, "")
    return asked if asked in dict(settings.LANGUAGES) else translation.get_language() or settings.LANGUAGE_CODE


def answered(shape: type[Shape], act: Callable[[Shape], object]) -> View:
    """Return the view of an operation that takes one JSON object: what it returns, or why not in the reader's words."""

    def view(request: HttpRequest) -> HttpResponse:
        try:
            given = msgspec.json.decode(request.body, type=shape)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return JsonResponse({"detail": "The body is not what this takes."}, status=400)
        try:
            said = act(given)
        except DomainError as error:
            return refusal(request, error)
        return HttpResponse(msgspec.json.encode(said if said is not None else {}), content_type="application/json")

    return view


def as_attribute(words: Mapping[str, object]) -> str:
    """Return words as JSON for the attribute in which a script finds them."""
    return json.dumps({name: str(text) for name, text in words.items()}, ensure_ascii=False)
