"""For how long browsers may keep a page of the portal."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

View = Callable[..., HttpResponse]
A_MINUTE = 60


def kept_briefly(view: View) -> View:
    """
    Let the reader's own browser keep a page for a minute; going back costs nothing then.

    Not a shared cache: the page carries the token of the reader's forms.
    """

    @wraps(view)
    def answer(request: HttpRequest, **arguments: object) -> HttpResponse:
        response = view(request, **arguments)
        if response.status_code == HTTPStatus.OK:
            response.headers.setdefault("Cache-Control", f"private, max-age={A_MINUTE}")
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response

    return answer
