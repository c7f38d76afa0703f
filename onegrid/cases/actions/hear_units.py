"""Let units see a case for as long as they are asked about it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from onegrid.cases.models import Case, Hearing


def hear_units(case: Case, *, unit_ids: Collection[UUID], at: datetime) -> None:
    """Let units see a locked case from now on, in the caller's transaction; those that are heard already stay."""
    known = set(case.hearings.filter(ended_at__isnull=True).values_list("unit_id", flat=True))
    Hearing.objects.bulk_create(
        Hearing(case=case, unit_id=unit_id, began_at=at) for unit_id in sorted(set(unit_ids) - known)
    )


def end_hearings(case: Case, *, at: datetime) -> None:
    """End all hearings on a locked case, in the caller's transaction: who sees it no other way sees it no more."""
    case.hearings.filter(ended_at__isnull=True).update(ended_at=at)
