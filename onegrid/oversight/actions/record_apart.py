"""Entries about things that have no transaction of their own, or none that lasted."""

from datetime import datetime

from django.db import transaction

from onegrid.core.errors import DomainError
from onegrid.oversight.actions.record import Data, record
from onegrid.oversight.models import Actor


@transaction.atomic
def record_apart(code: str, *, target: str, by: Actor, at: datetime, data: Data) -> None:
    """Write one line about something that changed nothing in the database, such as a sign-in or an export."""
    record(code, target=target, by=by, at=at, data=data)


@transaction.atomic(durable=True)
def record_refusal(error: DomainError, *, asked: str, target: str, by: Actor, at: datetime) -> None:
    """
    Note that somebody was refused something.

    The surface calls this once the refused action has been rolled back, so that the
    refusal stays. `asked` is the code the action would have recorded; the entry gets
    `<asked>.refused` and says why by the error's code, never by its text.
    """
    record(f"{asked}.refused", target=target, by=by, at=at, data={"why": error.code})
