"""The gate before every page: an administrator without a second factor sets it up before anything else."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from onegrid.accounts.models import User
from onegrid.accounts.readers.second_factor import has_second_factor, needs_second_factor

Response = Callable[[HttpRequest], HttpResponseBase]
View = Callable[..., HttpResponseBase]

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


class AdministratorsNeedASecondFactor:
    """Sends an administrator who signs in with a password alone to set up an authenticator. Middleware."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, *_arguments: object) -> HttpResponse | None:
        """Stand before the view, when it is known which: to find it a second time would cost more than to ask."""
        if not _must_set_up(request, view):
            return None
        set_up = reverse("mfa_activate_totp")
        if request.headers.get("HX-Request"):
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": set_up})
        return HttpResponseRedirect(set_up)


def _must_set_up(request: HttpRequest, view: View) -> bool:
    match = request.resolver_match
    is_open = (match is not None and match.url_name in WAY_IN) or not getattr(view, "login_required", True)
    if is_open or not isinstance(request.user, User):
        return False
    return needs_second_factor(request.user) and not has_second_factor(request.user)
