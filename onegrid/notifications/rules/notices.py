"""What somebody is to be told."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

LONGEST_KEY = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """
    Something that one person is to be told, once for ever.

    `kind` is one that was registered, `key` what makes it this one: the same
    kind, key and recipient is told once. `path` is the page of ours that it is
    about, such as `/cases/OG-1/`; `data` holds what the words of the kind are
    made of, as JSON has it. Of many, those of greater `weight` are named first.
    """

    kind: str
    key: str
    recipient: UUID
    path: str
    data: Mapping[str, object] = field(default_factory=dict)
    is_urgent: bool = False
    weight: int = 0


def digest_of(notice: Notice) -> UUID:
    """Return what stands for a notice in the memory of what was told; it says neither whom nor what."""
    named = f"{notice.kind}\0{notice.key}\0{notice.recipient.hex}"
    return UUID(bytes=hashlib.blake2b(named.encode(), digest_size=16).digest())


def is_ours(path: str) -> bool:
    """Test if a path leads to a page of this site, and nowhere else."""
    return path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
