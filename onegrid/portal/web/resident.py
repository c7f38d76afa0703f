"""
Whose account is open in the browser that asks, by a cookie of its own.

It is no session: pages for everybody stay the same for who is signed in here, and nobody's desk account is joined
with what they report at home.
"""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from onegrid.residents.public import VISIT_LASTS, Account, account_of, hold_report

COOKIE = "resident"


def resident_of(request: HttpRequest, *, at: datetime) -> Account | None:
    """Return whose account is open here; no statement where there is no cookie."""
    return account_of(token_of(request), at=at)


def token_of(request: HttpRequest) -> str:
    """Return what the cookie holds."""
    return request.COOKIES.get(COOKIE, "")


def let_in(response: HttpResponse, token: str) -> None:
    """Have the browser remember an account."""
    response.set_cookie(
        COOKIE, token, max_age=int(VISIT_LASTS.total_seconds()), secure=settings.SESSION_COOKIE_SECURE, httponly=True,
        samesite="Lax",
    )  # fmt: skip


def forget(response: HttpResponse) -> HttpResponse:
    """Have the browser forget the account."""
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


def hold(request: HttpRequest, secret: str, *, at: datetime) -> bool:
    """Put the report of a private link into the account that is open here; tell whether it is new there."""
    account = resident_of(request, at=at)
    return account is not None and hold_report(account=account, secret=secret, at=at)
