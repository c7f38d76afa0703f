"""Remove files that no row speaks of: what transactions that failed after keeping a file have left."""

from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction

from onegrid.core import files

SAFE_AGE = timedelta(days=2)
_BATCH = 500


def sweep_orphans(*, at: datetime, age: timedelta = SAFE_AGE) -> int:
    """
    Remove the files older than `age` that no row of any app names, and return how many there were.

    Safe while people add files: each batch is looked up again and removed under a lock
    that whoever keeps a file shares until their row is there.
    """
    used = files.named()
    names = (name for name in files.stale_names(at - age) if files.sha256_in(name) not in used)
    swept = 0
    while batch := list(islice(names, _BATCH)):
        swept += _sweep(names=batch)
    return swept


@transaction.atomic(durable=True)
def _sweep(*, names: list[str]) -> int:
    """Remove those of the names that are still not spoken of, now that nobody can be about to."""
    files.hold_all()
    used = files.named()
    orphans = [name for name in names if files.sha256_in(name) not in used]
    for name in orphans:
        files.discard(name)
    return len(orphans)
