"""
The trail as a file of JSON lines, for whoever checks it without the database.

Each seal comes before the entries it covers, those not sealed yet come last. The
array of an entry stands in its line exactly as it was hashed.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Annotated

import msgspec

from onegrid.oversight.rules.examination import Part
from onegrid.oversight.rules.faults import Fault, Kind
from onegrid.oversight.rules.leaves import Leaf, leaf_of
from onegrid.oversight.rules.seals import SignedSeal, Statement

_ENTRY = re.compile(r'\{"seq": ([1-9]\d{0,18}), "entry": (\[.*\])\}')


class _SealLine(msgspec.Struct, kw_only=True):
    seal: int
    after: int
    up_to: int
    size: int
    root: bytes
    previous: bytes
    at: Annotated[datetime, msgspec.Meta(tz=True)]
    key: str
    hash: bytes
    signature: bytes
    leaves: bytes


def entry_line(seq: int, text: str) -> str:
    """Return the line of an entry with this number and text."""
    return f'{{"seq": {seq}, "entry": {text}}}'


def seal_line(seal: SignedSeal) -> str:
    """Return the line of a seal; bytes are in base64."""
    statement = seal.statement
    line = _SealLine(
        seal=statement.number,
        after=statement.after,
        up_to=statement.up_to,
        size=statement.size,
        root=statement.root,
        previous=statement.previous,
        at=statement.at,
        key=statement.fingerprint,
        hash=seal.hash,
        signature=seal.signature,
        leaves=seal.leaves,
    )
    return msgspec.json.encode(line).decode()


def parts_of(lines: Iterable[str]) -> Iterator[Part]:
    """Yield the trail written in these lines; what cannot be read or stands out of order comes as a fault."""
    last = after = 0
    for number, line in enumerate(lines, start=1):
        part = _part_of(line.rstrip("\n"))
        if part is None:
            yield Fault(kind=Kind.UNREADABLE, other=number)
            continue
        if isinstance(part, SignedSeal):
            after = part.statement.after
        elif part.seq > last:
            last = part.seq
        else:
            yield Fault(kind=Kind.OUT_OF_PLACE, seq=part.seq)
            if part.seq <= after:
                continue
        yield part


def _part_of(line: str) -> SignedSeal | Leaf | None:
    found = _ENTRY.fullmatch(line)
    if found:
        return leaf_of(int(found[1]), found[2])
    try:
        return _seal_of(msgspec.json.decode(line, type=_SealLine))
    except msgspec.DecodeError:
        return None


def _seal_of(line: _SealLine) -> SignedSeal:
    statement = Statement(
        number=line.seal,
        after=line.after,
        up_to=line.up_to,
        size=line.size,
        root=line.root,
        previous=line.previous,
        at=line.at,
        fingerprint=line.key,
    )
    return SignedSeal(statement=statement, leaves=line.leaves, hash=line.hash, signature=line.signature)
