"""What somebody without an account is to be told."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """One letter: whom it goes to, its words, the page it is about, and where one press stops what brought it."""

    subscriber: UUID
    title: str
    text: str
    path: str
    stop_path: str = ""
