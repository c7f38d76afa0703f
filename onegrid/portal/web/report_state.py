"""
What a form carries from the moment it is opened: the report's id, and the secret of its private link.

Both are made on GET and signed, so that sending a form twice is one report with one receipt, and the secret is
kept nowhere but with the reporter: we store its hash.
"""

import secrets
from dataclasses import dataclass
from uuid import UUID

from django.core import signing

from onegrid.core.ids import new_id

SALT = "portal.report"


@dataclass(frozen=True)
class FormState:
    """The id under which the report is written, and the secret by which its reporter comes back."""

    id: UUID
    secret: str


def new_state() -> str:
    """Return the state of a fresh form, signed."""
    return signing.dumps([str(new_id()), secrets.token_urlsafe(24)], salt=SALT)


def read_state(signed: str) -> FormState | None:
    """Return what a state says, or nothing if it is not ours."""
    try:
        id_, secret = signing.loads(signed, salt=SALT)
    except signing.BadSignature:
        return None
    return FormState(UUID(id_), secret)
