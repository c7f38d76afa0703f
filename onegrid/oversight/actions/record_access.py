"""Opening personal data."""

from datetime import datetime

from django.utils.translation import gettext as _

from onegrid.core.errors import InvalidInputError
from onegrid.oversight.actions.commitments import commit_to
from onegrid.oversight.actions.record import record
from onegrid.oversight.models import Access, Actor
from onegrid.oversight.rules.reasons import is_reason


class ReasonMissingError(InvalidInputError):
    """Nobody's data is opened without a case and a reason."""


def require_reason(purpose: str) -> None:
    """
    Let somebody past who gives a reason.

    :raises ReasonMissingError: if it is none.
    """
    if not is_reason(purpose):
        message = _("Give the reason for which you need to see this.")
        raise ReasonMissingError(message, fields={"purpose": message})


def record_access(*, subject: str, purpose: str, case: str, by: Actor, at: datetime) -> Access:
    """
    Note that somebody opens a person's data, in the transaction that reads it.

    The ledger keeps the reason in the officer's words for the person concerned; the
    trail keeps that it happened, and a commitment to the reason.

    :raises ReasonMissingError: if the reason or the case is missing.
    """
    require_reason(purpose)
    if not case.strip():
        message = _("Name the case or the duty for which you need to see this.")
        raise ReasonMissingError(message, fields={"case": message})
    access = Access.objects.create(subject=subject, purpose=purpose.strip(), case=case, by=by.name, unit=by.unit, at=at)
    token = commit_to(access.purpose, subject=subject, at=at)
    data = {"access": str(access.id), "case": case, "purpose": token}
    record("oversight.open_personal_data", target=subject, by=by, at=at, data=data)
    return access
