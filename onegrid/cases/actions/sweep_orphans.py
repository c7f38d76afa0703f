"""Remove files that no row speaks of: what transactions that failed after keeping a file have left."""

from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Q

from onegrid.cases.models import Evidence
from onegrid.cases.models.evidence import EvidenceQuerySet
from onegrid.core import files

SAFE_AGE = timedelta(days=2)
_BATCH = 500


def sweep_orphans(*, at: datetime, age: timedelta = SAFE_AGE) -> int:
    """
    Remove the files older than `age` that belong to no evidence, and return how many there were.

    Safe while people add files: each batch is looked up again and removed under a lock
    that whoever keeps a file shares until their row is there.
    """
    used = _used(Evidence.objects.all())
    names = (name for name in files.stale_names(at - age) if files.sha256_in(name) not in used)
    swept = 0
    while batch := list(islice(names, _BATCH)):
        swept += _sweep(names=batch)
    return swept


@transaction.atomic(durable=True)
def _sweep(*, names: list[str]) -> int:
    """Remove those of the names that are still not spoken of, now that nobody can be about to."""
    files.hold_all()
    hashes = [sha256 for name in names if (sha256 := files.sha256_in(name))]
    same = Q(sha256__in=hashes) | Q(public_sha256__in=hashes) | Q(thumbnail_sha256__in=hashes)
    used = _used(Evidence.objects.filter(same))
    orphans = [name for name in names if files.sha256_in(name) not in used]
    for name in orphans:
        files.discard(name)
    return len(orphans)


def _used(rows: EvidenceQuerySet) -> set[str]:
    columns = rows.values_list("sha256", "public_sha256", "thumbnail_sha256")
    return {sha256 for row in columns.iterator() for sha256 in row if sha256}
