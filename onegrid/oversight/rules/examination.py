"""
Whether a trail is as it was sealed, decided in one pass over it.

The trail comes as parts: each seal, then the entries up to its end, then whatever
is not sealed yet. Only one seal's list of leaves and the faults are held, so a trail
of any length needs the same memory.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from onegrid.oversight.rules.checkpoints import Checkpoint
from onegrid.oversight.rules.faults import Fault, Kind
from onegrid.oversight.rules.leaves import Leaf, packed, unpack
from onegrid.oversight.rules.merkle import Head, leaf_hash
from onegrid.oversight.rules.seals import NOTHING_BEFORE, SignedSeal, by_fingerprint, is_signed, root_of

MOST_NAMED = 1000  # faults that are named one by one; the rest are counted

Part = SignedSeal | Leaf | Fault  # a reader of files also finds faults


@dataclass(frozen=True, kw_only=True)
class Report:
    """What an examination found. `last` is the checkpoint to note down for next time."""

    faults: tuple[Fault, ...]
    unnamed: int
    seals: int
    sealed: int
    unsealed: int
    last: Checkpoint | None

    @property
    def is_whole(self) -> bool:
        """Whether everything that was sealed is there as it was."""
        return not self.faults


@dataclass
class _Block:
    """The entries of one seal as they come along, against those it lists."""

    seal: SignedSeal
    listed: dict[int, bytes]
    head: Head = field(default_factory=Head)
    faults: list["_RowFault"] = field(default_factory=list)
    size: int = 0
    unnamed: int = 0

    def covers(self, leaf: Leaf) -> bool:
        return self.seal.statement.after < leaf.seq <= self.seal.statement.up_to

    def meet(self, leaf: Leaf) -> None:
        self.size += 1
        self.head.grow(leaf_hash(packed(leaf)))
        expected = self.listed.pop(leaf.seq, None)
        if expected == leaf.digest:
            return
        if len(self.faults) >= MOST_NAMED:
            self.unnamed += 1
            return
        kind = Kind.INSERTED if expected is None else Kind.CHANGED
        self.faults.append(_RowFault(self._fault(kind, leaf.seq), expected, leaf.digest))

    def finish(self) -> None:
        if self.is_whole:
            # The list may have been tampered with; the entries give the root that was signed.
            self.faults.clear()
            self.unnamed = 0
            return
        for seq, expected in self.listed.items():
            if len(self.faults) >= MOST_NAMED:
                self.unnamed += 1
            else:
                self.faults.append(_RowFault(self._fault(Kind.REMOVED, seq), expected, None))

    @property
    def is_whole(self) -> bool:
        return self.head.root == self.seal.statement.root and self.size == self.seal.statement.size

    def _fault(self, kind: Kind, seq: int) -> Fault:
        return Fault(kind=kind, seq=seq, seal=self.seal.statement.number)


@dataclass(frozen=True)
class _RowFault:
    fault: Fault
    expected: bytes | None
    found: bytes | None


class _Examination:
    def __init__(self, keys: Iterable[Ed25519PublicKey], checkpoints: Iterable[Checkpoint]) -> None:
        self._keys = by_fingerprint(keys)
        self._seen = set(checkpoints)
        self._seen_numbers = {checkpoint.number for checkpoint in self._seen}
        self._faults: list[Fault] = []
        self._rows: list[_RowFault] = []
        self._lost: set[bytes] = set()  # what is no longer found under its number
        self._unnamed = self._seals = self._sealed = self._unsealed = 0
        self._last: SignedSeal | None = None
        self._block: _Block | None = None

    def meet(self, part: Part) -> None:
        match part:
            case SignedSeal():
                self._close()
                self._note(*self._faults_of(part))
                self._seals += 1
                self._last = part
                self._block = _Block(part, dict(unpack(part.leaves)))
            case Leaf():
                self._meet_entry(part)
            case _:
                self._note(part)

    def report(self) -> Report:
        self._close()
        number = self._last.statement.number if self._last else 0
        latest = max(self._seen_numbers, default=0)
        if latest > number:
            self._note(Fault(kind=Kind.END_CUT_OFF, seal=number, other=latest))
        if self._unsealed and not self._seals:
            self._note(Fault(kind=Kind.NO_SEALS))
        return Report(
            faults=tuple(sorted([*self._faults, *_with_moves(self._rows)], key=lambda fault: (fault.seal, fault.seq))),
            unnamed=self._unnamed,
            seals=self._seals,
            sealed=self._sealed,
            unsealed=self._unsealed,
            last=Checkpoint(number, self._last.statement.hash) if self._last else None,
        )

    def _meet_entry(self, leaf: Leaf) -> None:
        if self._block is not None and self._block.covers(leaf):
            self._sealed += 1
            self._block.meet(leaf)
            return
        # Not sealed yet, or by a seal that is missing, which is named.
        self._unsealed += 1
        if self._block is not None and leaf.seq > self._block.seal.statement.up_to:
            self._close()
        if leaf.digest in self._lost:
            self._rows.append(_RowFault(Fault(kind=Kind.INSERTED, seq=leaf.seq), None, leaf.digest))

    def _close(self) -> None:
        if self._block is None:
            return
        self._block.finish()
        room = MOST_NAMED - len(self._rows)
        self._rows += self._block.faults[:room]
        self._lost |= {row.expected for row in self._block.faults[:room] if row.expected is not None}
        self._unnamed += self._block.unnamed + len(self._block.faults[room:])
        self._block = None

    def _note(self, *faults: Fault) -> None:
        room = MOST_NAMED - len(self._faults)
        self._faults += faults[:room]
        self._unnamed += len(faults[room:])

    def _faults_of(self, seal: SignedSeal) -> Iterator[Fault]:
        statement = seal.statement
        number = statement.number
        if root_of(seal.leaves) != statement.root:
            yield Fault(kind=Kind.LEAVES_CHANGED, seal=number)
        if seal.hash != statement.hash:
            yield Fault(kind=Kind.SEAL_CHANGED, seal=number)
        key = self._keys.get(statement.fingerprint)
        if key is None:
            yield Fault(kind=Kind.KEY_UNKNOWN, seal=number, key=statement.fingerprint)
        elif not is_signed(seal, key):
            yield Fault(kind=Kind.SIGNATURE_WRONG, seal=number)
        if number in self._seen_numbers and Checkpoint(number, statement.hash) not in self._seen:
            yield Fault(kind=Kind.HISTORY_REPLACED, seal=number)
        yield from self._breaks_before(seal)

    def _breaks_before(self, seal: SignedSeal) -> Iterator[Fault]:
        statement = seal.statement
        before, up_to, previous = 0, 0, NOTHING_BEFORE
        if self._last is not None:
            before, up_to, previous = self._last.statement.number, self._last.statement.up_to, self._last.hash
        if statement.number > before + 1:
            first, last = before + 1, statement.number - 1
            yield Fault(kind=Kind.SEAL_MISSING if first == last else Kind.SEALS_MISSING, seal=first, other=last)
            return
        if statement.previous != previous:
            yield Fault(kind=Kind.CHAIN_BROKEN, seal=statement.number, other=before)
        if statement.after != up_to or statement.up_to <= statement.after:
            yield Fault(kind=Kind.RANGE_BROKEN, seal=statement.number, other=before)


def examine(
    trail: Iterable[Part], *, keys: Iterable[Ed25519PublicKey], checkpoints: Iterable[Checkpoint] = ()
) -> Report:
    """
    Return everything in which a trail differs from what was sealed, each fault with its row.

    With checkpoints noted down outside, it also finds an end that was cut off and a
    history written anew by somebody who had the private key.
    """
    examination = _Examination(keys, checkpoints)
    for part in trail:
        examination.meet(part)
    return examination.report()


def _with_moves(rows: list[_RowFault]) -> Iterator[Fault]:
    """Yield the faults of rows, where content that reappears under another number counts as moved."""
    origins: Mapping[bytes, int] = {row.expected: row.fault.seq for row in rows if row.expected is not None}
    found_elsewhere = {row.found for row in rows if row.found is not None}
    for row in rows:
        if row.found is not None and row.found in origins:
            yield replace(row.fault, kind=Kind.MOVED, other=origins[row.found])
        elif row.found is not None or row.expected not in found_elsewhere:
            yield row.fault
