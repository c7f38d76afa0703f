"""The clock of a supporting task or a supervision order as it is drawn: in the unit of its limit."""

from collections.abc import Mapping
from datetime import datetime

from onegrid.cases.public import Beside, left_beside, yellow_beside
from onegrid.workspace.rules.clockface import Face, face


def face_beside(row: Beside, *, at: datetime, words: Mapping[str, str], ended: str = "") -> Face:
    """Return the face of the clock that a task or an order has of its own; `ended` are its words once it is over."""
    return face(
        started_at=row.begun_at, yellow_at=yellow_beside(row), due_at=row.due_at, now=at, words=words, ended=ended,
        left=left_beside(row, now=at),
    )  # fmt: skip
