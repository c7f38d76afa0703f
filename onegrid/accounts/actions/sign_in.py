"""Leaves every sign-in, refused sign-in, sign-out and change of a credential in the audit trail."""

from datetime import datetime
from enum import StrEnum

from django.db import transaction

from onegrid.accounts.models import User
from onegrid.oversight.public import Actor, commit_to, record

STRANGER = Actor("-")


class Refusal(StrEnum):
    """Why somebody could not sign in."""

    WRONG_PASSWORD = "wrong_password"  # noqa: S105  a reason, not a secret
    LOCKED_OUT = "locked_out"
    WRONG_CODE = "wrong_code"


@transaction.atomic(durable=True)
def note_sign_in(*, by: User, at: datetime) -> None:
    """Leave in the trail that somebody has signed in."""
    record("accounts.signed_in", target=f"accounts.User:{by.id}", by=Actor(by.username), at=at, data={})


@transaction.atomic(durable=True)
def note_sign_out(*, by: User, at: datetime) -> None:
    """Leave in the trail that somebody has signed out."""
    record("accounts.signed_out", target=f"accounts.User:{by.id}", by=Actor(by.username), at=at, data={})


@transaction.atomic(durable=True)
def note_refused_sign_in(*, username: str, why: Refusal, at: datetime) -> None:
    """
    Leave in the trail that a sign-in was refused.

    A name nobody has is not kept, since people type passwords and telephone numbers
    there. A commitment to it shows that the same name was tried again within the
    month; it means nothing once that month's key is forgotten.
    """
    user = User.objects.filter(username__iexact=username).first()
    data = {"why": why.value}
    if user is None:
        data["name"] = commit_to(username.casefold(), subject=f"accounts.SignIn:{at:%Y-%m}", at=at)
    target = f"accounts.User:{user.id}" if user else "accounts.User:unknown"
    record("accounts.sign_in_refused", target=target, by=STRANGER, at=at, data=data)


@transaction.atomic(durable=True)
def note_credential_change(*, by: User, change: str, at: datetime) -> None:
    """Leave in the trail that somebody changed how they sign in, such as `totp_activated`."""
    data = {"change": change}
    record("accounts.credential_changed", target=f"accounts.User:{by.id}", by=Actor(by.username), at=at, data=data)
