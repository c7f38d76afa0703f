"""What one page has not seen yet."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from onegrid.live.readers.tail import UNSEEN
from onegrid.live.rules.marks import Mark

MARK_NOW = "pg_current_snapshot()::text"  # what a statement selects to know later what was there when it ran
REMEMBERED = 1000  # matters that a page asks about at once, the latest

_FIRST = f"""
SELECT * FROM (
    SELECT DISTINCT ON (subject) subject, kind, area_path, person_id, before, id FROM live_change
    WHERE {UNSEEN} AND area_path <> '' ORDER BY subject, id
) AS first ORDER BY id DESC LIMIT %(limit)s
"""  # noqa: S608 — every part is a constant of this module


@dataclass(frozen=True, kw_only=True, slots=True)
class FirstChange:
    """The first change of a matter since a mark, and what the matter was before; nothing where it was not there."""

    subject: UUID
    kind: str
    area_path: str
    person_id: UUID | None
    before: dict[str, Any] | None


def first_changes(since: Mark) -> list[FirstChange]:
    """
    Return the first change of each matter that a page has not seen, of the latest `REMEMBERED`. One statement.

    What lies nowhere, such as what a person was told, is no matter of a list.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FIRST, {"since": since.text, "limit": REMEMBERED})
        rows = cursor.fetchall()
    return [
        FirstChange(
            subject=subject, kind=kind, area_path=path, person_id=person, before=json.loads(before) if before else None
        )
        for subject, kind, path, person, before, _id in rows
    ]
