"""
Merkle trees as in RFC 6962 §2.1.

Leaves are hashed behind a zero byte and nodes behind a one, so that neither can
be passed off as the other.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256


def leaf_hash(data: bytes) -> bytes:
    """Return the hash under which an item enters the tree."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two neighbours."""
    return sha256(b"\x01" + left + right).digest()


class Head:
    """The root over leaves that come one after the other; it holds one hash per level of the tree."""

    def __init__(self) -> None:
        self._peaks: list[tuple[int, bytes]] = []  # complete subtrees from left to right: how many leaves, root

    def grow(self, leaf: bytes) -> None:
        """Add the next leaf on the right."""
        size, root = 1, leaf
        while self._peaks and self._peaks[-1][0] == size:
            root = node_hash(self._peaks.pop()[1], root)
            size *= 2
        self._peaks.append((size, root))

    @property
    def root(self) -> bytes:
        """The root so far; that of no leaves is the hash of nothing."""
        if not self._peaks:
            return sha256(b"").digest()
        root = self._peaks[-1][1]
        for _, left in reversed(self._peaks[:-1]):
            root = node_hash(left, root)
        return root


def tree_head(leaf_hashes: Iterable[bytes]) -> bytes:
    """Return the root over these leaves."""
    head = Head()
    for leaf in leaf_hashes:
        head.grow(leaf)
    return head.root


def inclusion_proof(leaf_hashes: Sequence[bytes], index: int) -> list[bytes]:
    """
    Return the hashes that lead from one leaf to the root, nearest first.

    :raises IndexError: if there is no such leaf.
    """
    if not 0 <= index < len(leaf_hashes):
        raise IndexError(index)
    if len(leaf_hashes) == 1:
        return []
    split = _split(len(leaf_hashes))
    left, right = leaf_hashes[:split], leaf_hashes[split:]
    if index < split:
        return [*inclusion_proof(left, index), tree_head(right)]
    return [*inclusion_proof(right, index - split), tree_head(left)]


def head_from_proof(leaf: bytes, *, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """
    Return the root that a leaf at this place of a tree of this size has, if the proof is true.

    :raises ValueError: if a proof of this length cannot belong there.
    """
    if not 0 <= index < size or bool(proof) != (size > 1):
        message = "This proof does not fit the place of the leaf."
        raise ValueError(message)
    if size == 1:
        return leaf
    split = _split(size)
    if index < split:
        return node_hash(head_from_proof(leaf, index=index, size=split, proof=proof[:-1]), proof[-1])
    below = head_from_proof(leaf, index=index - split, size=size - split, proof=proof[:-1])
    return node_hash(proof[-1], below)


def _split(size: int) -> int:
    """Return the largest power of two below a size of at least two."""
    return 1 << (size - 1).bit_length() - 1
