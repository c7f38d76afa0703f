"""Who is calling the API: a program with a key, or a person with a session in a browser."""

from copy import copy

from django.http import HttpRequest
from django.utils.timezone import now
from ninja.utils import check_csrf

from onegrid.accounts.actions.use_api_key import use_api_key
from onegrid.core.api.errors import CrossSiteError, NotSignedInError
from onegrid.core.api.scopes import Caller

_BEARER = "bearer"


def authenticate(request: HttpRequest) -> Caller:
    """
    Return how somebody calls, and make them the request's user.

    A key that does not work is refused even where there is a session as well.

    :raises NotSignedInError: if nobody known is calling.
    :raises CrossSiteError: if a session is used from elsewhere than our pages.
    """
    mark, _, text = request.headers.get("Authorization", "").partition(" ")
    if mark:
        return _with_key(request, text.strip() if mark.lower() == _BEARER else "")
    if not request.user.is_authenticated:
        raise NotSignedInError
    if check_csrf(request) is not None:
        raise CrossSiteError
    return Caller()


def _with_key(request: HttpRequest, text: str) -> Caller:
    key = use_api_key(text=text, at=now())
    request.user = copy(key.user)  # the key is remembered, and pages note things on a user
    return Caller(frozenset(key.scopes))
