"""
Put into the trail what must be forgettable, as a commitment under a key of its subject.

Both functions join the caller's transaction.
"""

import secrets
from datetime import datetime

from onegrid.oversight.actions.record import record
from onegrid.oversight.models import Actor, CommitmentKey
from onegrid.oversight.rules.commitments import commitment


def commit_to(value: str, *, subject: str, at: datetime) -> str:
    """
    Return the token that stands for a value in the trail.

    The same value of the same subject always gives the same token, until the
    subject is forgotten; of two subjects never.
    """
    key, _ = CommitmentKey.objects.get_or_create(
        subject=subject, defaults={"key": secrets.token_bytes(32), "created_at": at}
    )
    return commitment(value, key=bytes(key.key))


def forget(subject: str, *, why: str, by: Actor, at: datetime) -> bool:
    """
    Delete a subject's key, so that nobody can tell any more what was logged about it.

    Say whether there was one. `why` is the rule or decision, without personal data.
    """
    key = CommitmentKey.objects.select_for_update().filter(subject=subject).first()
    if key is None:
        return False
    record("oversight.forget", target=f"oversight.CommitmentKey:{key.id}", by=by, at=at, data={"why": why})
    key.delete()
    return True
