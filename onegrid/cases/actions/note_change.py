"""
Note that a case has changed, for the lists and pages in which it is open somewhere.

The note joins the transaction of the change and holds nothing of the case but
what decides who may hear of it, and in whose lists it stood before.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb

from onegrid.cases.actions.index_words import ADD_WORDS
from onegrid.cases.models import Case
from onegrid.core.search import vector
from onegrid.live.public import CHANGE_COLUMNS

# Supporting units and those that are heard on it may see the case too, so they hear of it.
_STATEMENT = f"""
INSERT INTO live_change ({CHANGE_COLUMNS})
SELECT %s, %s, %s, %s::uuid[] || ARRAY(
    SELECT unit_id FROM cases_supporttask WHERE case_id = %s
    UNION SELECT unit_id FROM cases_hearing WHERE case_id = %s AND ended_at IS NULL
), %s, %s
"""  # noqa: S608 — every part is a constant of this module or of live's


# What an entry says is found with its case; in one statement with the note, which every entry has.
_WITH_WORDS = f"WITH said AS ({ADD_WORDS}) {_STATEMENT}"


def as_found(case: Case) -> Mapping[str, str | None]:
    """Return what decides in whose lists a case stands: its place, its status, who holds, leads and does it."""
    return {
        "area": case.area_path,
        "status": str(case.status),
        "holder": _text(case.holder_unit_id),
        "lead": _text(case.lead_unit_id),
        "assignee": _text(case.assignee_id),
    }


def note_change(case: Case, *, kind: str, text: str = "") -> None:
    """
    Note one change of a locked case, in the caller's transaction, and let it be found by a text that was added to it.

    One statement, two where it lies elsewhere now.
    """
    now = as_found(case)
    before = case.as_found or now
    units = {unit for state in (before, now) for unit in (state["holder"], state["lead"]) if unit}
    words = vector(inner=[text])
    with connection.cursor() as cursor:
        for path in {before["area"], now["area"]}:
            concerned = [sorted(units), case.pk, case.pk, case.reported_by_id]
            values: list[Any] = [kind, case.pk, path, *concerned, Jsonb(dict(before))]
            cursor.execute(*((_WITH_WORDS, [words, case.pk, *values]) if words else (_STATEMENT, values)))
            words = ""
    case.as_found = now


def _text(key: UUID | None) -> str | None:
    return str(key) if key else None
