"""Leaves every sign-in, refused sign-in, sign-out and change of a credential in the audit trail."""

from datetime import datetime

from django.db import transaction

from onegrid.accounts.models import User
from onegrid.oversight.public import Actor, record

STRANGER = Actor("-")


@transaction.atomic(durable=True)
def note_sign_in(*, by: User, at: datetime) -> None:
    """Leave in the trail that somebody has signed in."""
    record("accounts.signed_in", target=f"accounts.User:{by.id}", by=Actor(by.username), at=at, data={})


@transaction.atomic(durable=True)
def note_sign_out(*, by: User, at: datetime) -> None:
    """Leave in the trail that somebody has signed out."""
    record("accounts.signed_out", target=f"accounts.User:{by.id}", by=Actor(by.username), at=at, data={})


@transaction.atomic(durable=True)
def note_refused_sign_in(*, username: str, at: datetime) -> None:
    """
    Leave in the trail that a sign-in was refused.

    A name nobody has is not kept: people type passwords and telephone numbers there.
    """
    user = User.objects.filter(username__iexact=username).first()
    target = f"accounts.User:{user.id}" if user else "accounts.User:unknown"
    record("accounts.sign_in_refused", target=target, by=STRANGER, at=at, data={})


@transaction.atomic(durable=True)
def note_credential_change(*, by: User, change: str, at: datetime) -> None:
    """Leave in the trail that somebody changed how they sign in, such as `totp_activated`."""
    data = {"change": change}
    record("accounts.credential_changed", target=f"accounts.User:{by.id}", by=Actor(by.username), at=at, data=data)
