"""The gate before every page: an administrator without a second factor sets it up before anything else."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse

from onegrid.accounts.models import User
from onegrid.accounts.readers.second_factor import has_second_factor, needs_second_factor

Response = Callable[[HttpRequest], HttpResponseBase]

WAY_IN = {  # what leads to a second factor, or out
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_change_password",
    "mfa_activate_totp",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "language",
}


def administrators_need_a_second_factor(get_response: Response) -> Response:
    """Send an administrator who signs in with a password alone to set up an authenticator."""

    def gate(request: HttpRequest) -> HttpResponseBase:
        if not _must_set_up(request):
            return get_response(request)
        set_up = reverse("mfa_activate_totp")
        if request.headers.get("HX-Request"):
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": set_up})
        return HttpResponseRedirect(set_up)

    return gate


def _must_set_up(request: HttpRequest) -> bool:
    if _is_open(request.path_info) or not isinstance(request.user, User):
        return False
    return needs_second_factor(request.user) and not has_second_factor(request.user)


def _is_open(path: str) -> bool:
    try:
        match = resolve(path)
    except Resolver404:
        return True
    return match.url_name in WAY_IN or not getattr(match.func, "login_required", True)
