"""
The whole trail, read once through with the memory of one seal.

Seals are bounded before the entries are opened, so what they list is visible by
then and an entry being written meanwhile is never missed.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import transaction
from django.db.models import Max

from onegrid.oversight.models import Entry, Seal
from onegrid.oversight.rules.checkpoints import Checkpoint
from onegrid.oversight.rules.examination import Report, examine
from onegrid.oversight.rules.exported import entry_line, parts_of, seal_line
from onegrid.oversight.rules.leaves import leaf_of
from onegrid.oversight.rules.seals import SignedSeal, Statement

Text = tuple[int, str]  # an entry's number and the text that is hashed


def verify(keys: Iterable[Ed25519PublicKey], *, checkpoints: Iterable[Checkpoint] = ()) -> Report:
    """Check the trail in the database against its seals, with public keys alone."""
    with transaction.atomic():
        parts = (part if isinstance(part, SignedSeal) else leaf_of(*part) for part in _parts())
        return examine(parts, keys=keys, checkpoints=checkpoints)


def verify_file(path: Path, keys: Iterable[Ed25519PublicKey], *, checkpoints: Iterable[Checkpoint] = ()) -> Report:
    """Check an exported trail against its seals, without a database."""
    with path.open(encoding="utf8", errors="replace", newline="\n") as lines:
        return examine(parts_of(lines), keys=keys, checkpoints=checkpoints)


def exported() -> Iterator[str]:
    """Yield the lines of an export of the whole trail, without their line ends."""
    with transaction.atomic():
        for part in _parts():
            yield seal_line(part) if isinstance(part, SignedSeal) else entry_line(*part)


def _parts() -> Iterator[SignedSeal | Text]:
    last = Seal.objects.aggregate(last=Max("number"))["last"] or 0
    entries = Entry.objects.order_by("seq").texts().iterator(chunk_size=2000)
    for seal in Seal.objects.filter(number__lte=last).order_by("number").iterator(chunk_size=1):
        yield signed(seal)
        for seq, text in entries:
            if seq > seal.up_to:
                entries = chain([(seq, text)], entries)
                break
            yield seq, text
    yield from entries


def signed(seal: Seal) -> SignedSeal:
    """Return a seal as the rules know it."""
    statement = Statement(
        number=seal.number,
        after=seal.after,
        up_to=seal.up_to,
        size=seal.size,
        root=bytes(seal.root),
        previous=bytes(seal.previous),
        at=seal.at,
        fingerprint=seal.fingerprint,
    )
    return SignedSeal(
        statement=statement, leaves=bytes(seal.leaves), hash=bytes(seal.hash), signature=bytes(seal.signature)
    )
