"""What a seal says, how it is signed, and whether a signature holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from onegrid.oversight.rules.leaves import items
from onegrid.oversight.rules.merkle import leaf_hash, tree_head

NOTHING_BEFORE = bytes(32)  # what the first seal is chained to


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What is signed: from where to where, over which entries, after which seal, when, by which key."""

    number: int
    after: int
    up_to: int
    size: int
    root: bytes
    previous: bytes
    at: datetime
    fingerprint: str

    @property
    def text(self) -> str:
        """The exact text that is signed, nine lines ending in a newline each."""
        return (
            "onegrid seal 1\n"
            f"number {self.number}\n"
            f"after {self.after}\n"
            f"up_to {self.up_to}\n"
            f"size {self.size}\n"
            f"root {self.root.hex()}\n"
            f"previous {self.previous.hex()}\n"
            f"at {self.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}\n"
            f"key {self.fingerprint}\n"
        )

    @property
    def hash(self) -> bytes:
        """What the next seal is chained to, and what a checkpoint names."""
        return sha256(self.text.encode()).digest()


@dataclass(frozen=True, kw_only=True)
class SignedSeal:
    """A seal as it was found: its statement, the leaves it lists, the hash it goes by and its signature."""

    statement: Statement
    leaves: bytes
    hash: bytes
    signature: bytes


def root_of(packed_leaves: bytes) -> bytes:
    """Return the root of the tree over packed leaves."""
    return tree_head(leaf_hash(item) for item in items(packed_leaves))


def fingerprint_of(key: Ed25519PublicKey) -> str:
    """Return the name a key goes by: the SHA-256 of its 32 bytes, in hex."""
    return sha256(key.public_bytes_raw()).hexdigest()


def by_fingerprint(keys: Iterable[Ed25519PublicKey]) -> Mapping[str, Ed25519PublicKey]:
    """Return keys under the names that seals use for them."""
    return {fingerprint_of(key): key for key in keys}


def is_signed(seal: SignedSeal, key: Ed25519PublicKey) -> bool:
    """Return whether the key signed exactly this statement."""
    try:
        key.verify(seal.signature, seal.statement.text.encode())
    except InvalidSignature:
        return False
    return True
