"""Who looked at a person's data: what that person may see."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from onegrid.oversight.models import Access, CommitmentKey
from onegrid.oversight.rules.commitments import is_commitment

Position = tuple[datetime, UUID]


@dataclass(frozen=True, kw_only=True)
class Looks:
    """Some openings of one person's data, latest first, and from where to read on."""

    accesses: list[Access]
    next_before: Position | None


def who_looked_at(subject: str, *, before: Position | None = None, limit: int = 50) -> Looks:
    """Return who opened a subject's data, in one statement."""
    found = Access.objects.of(subject)
    if before is not None:
        at, key = before
        found = found.filter(Q(at__lt=at) | Q(at=at, id__lt=key))
    shown = list(found[: limit + 1])
    last = shown[limit - 1] if len(shown) > limit else None
    return Looks(accesses=shown[:limit], next_before=(last.at, last.id) if last else None)


def stands_for(token: str, *, value: str, subject: str) -> bool:
    """Return whether a token in the trail stands for this value; never for a subject that was forgotten."""
    key = CommitmentKey.objects.filter(subject=subject).first()
    return key is not None and is_commitment(token, value=value, key=bytes(key.key))
