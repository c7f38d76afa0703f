"""
Put seals on what has settled of the trail.

Numbers are given out before they are committed, so a lower one can become visible
after a higher one. A range is sealed only when every transaction that might still
write into it has ended; nobody waits for that, the next run finds it so. (A number
is taken while its transaction holds a lock on the table, and the lock is let go
after the commit is visible. So the transactions that held one *after* the sequence
was read are all that can still write at or below its value.)
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from onegrid.oversight.actions.keys import signing_key
from onegrid.oversight.models import Entry, Horizon, Seal
from onegrid.oversight.readers.keys import checkpoint_file
from onegrid.oversight.rules.checkpoints import Checkpoint
from onegrid.oversight.rules.leaves import Leaf, leaf_of, pack
from onegrid.oversight.rules.seals import NOTHING_BEFORE, Statement, fingerprint_of, root_of

ENTRIES_PER_SEAL = 10_000

_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended('oversight.seal ' || %s, 0))"
_REACHED = "SELECT pg_sequence_last_value(pg_get_serial_sequence('oversight_entry', 'seq')::regclass)"
_WRITERS = """
SELECT virtualtransaction FROM pg_locks
WHERE locktype = 'relation' AND relation = 'oversight_entry'::regclass AND mode = 'RowExclusiveLock' AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND pid IS DISTINCT FROM pg_backend_pid()
"""
_PREPARED = "-1/"  # a transaction changes its name to one like this when it is prepared for two-phase commit


@dataclass(frozen=True, kw_only=True)
class Sealing:
    """What one run has sealed."""

    seals: int = 0
    entries: int = 0


def seal_entries(*, at: datetime, most: int = ENTRIES_PER_SEAL) -> Sealing:
    """
    Seal every settled entry, in blocks of at most `most`, and note each seal in this machine's checkpoints.

    Each block is a transaction of its own, so a long backlog is worked off in
    steps. If somebody else is sealing, this one leaves it to them. The key is made
    and published by the first run, whether or not there is anything to seal.
    """
    signing_key()
    horizon = _settle()
    seals = entries = 0
    while seal := _seal_block(horizon=horizon, most=most, at=at):
        _note(seal)
        seals += 1
        entries += seal.size
    return Sealing(seals=seals, entries=entries)


@transaction.atomic(durable=True)
def _settle() -> int:
    """Return the number up to which nothing can be written any more, and note how far to look next time."""
    if not _is_ours():
        return 0
    mark = Horizon.objects.first()
    settled = 0
    if mark is not None:
        writers = _writers()
        if any(writer in mark.writers or writer.startswith(_PREPARED) for writer in writers):
            return 0
        settled = mark.seq
    reached = _number(_REACHED)
    writers = _writers()  # must be asked after the sequence, see above
    if not writers:
        settled = max(settled, reached)
    Horizon.objects.update_or_create(id=1, defaults={"seq": reached, "writers": writers})
    return settled


@transaction.atomic(durable=True)
def _seal_block(*, horizon: int, most: int, at: datetime) -> Seal | None:
    """Seal the next block below the horizon; nothing if there is none or somebody else is at it."""
    if not _is_ours():
        return None
    last = Seal.objects.order_by("-number").first()
    after = last.up_to if last else 0
    leaves = _leaves(after=after, up_to=horizon, most=most)
    if not leaves:
        return None
    key = signing_key()
    statement = Statement(
        number=last.number + 1 if last else 1,
        after=after,
        up_to=leaves[-1].seq if len(leaves) == most else horizon,
        size=len(leaves),
        root=root_of(pack(leaves)),
        previous=bytes(last.hash) if last else NOTHING_BEFORE,
        at=at,
        fingerprint=fingerprint_of(key.public_key()),
    )
    return Seal.objects.create(
        number=statement.number,
        after=statement.after,
        up_to=statement.up_to,
        size=statement.size,
        leaves=pack(leaves),
        root=statement.root,
        previous=statement.previous,
        hash=statement.hash,
        at=statement.at,
        fingerprint=statement.fingerprint,
        signature=key.sign(statement.text.encode()),
    )


def _leaves(*, after: int, up_to: int, most: int) -> list[Leaf]:
    entries = Entry.objects.filter(seq__gt=after, seq__lte=up_to).order_by("seq")
    return [leaf_of(*row) for row in entries.texts()[:most]]


def _note(seal: Seal) -> None:
    path = checkpoint_file()
    with path.open("a", encoding="utf8") as file:
        file.write(f"{Checkpoint(seal.number, bytes(seal.hash)).note} {seal.at.isoformat()}\n")


def _is_ours() -> bool:
    """Take the lock of this schema's sealer for the rest of the transaction, or learn that another has it."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [settings.SCHEMA])
        return bool(cursor.fetchone()[0])


def _number(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.fetchone()[0] or 0)


def _writers() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_WRITERS)
        return [writer for (writer,) in cursor.fetchall()]
