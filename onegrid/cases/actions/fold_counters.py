"""
Fold what has changed into the counters of the areas, or count everything anew.

Each is one statement, hence of one view of the tables: the changes that it takes
away are exactly those that it adds. Nobody who writes or reads cases waits for it;
two of them at once wait for each other.
"""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import connection, transaction

from onegrid.cases.models.counter import COUNTED

_KEY: Final = ", ".join(COUNTED)
_LOCK: Final = "SELECT pg_advisory_xact_lock(hashtextextended('cases.counters ' || %s, 0))"
# The horizon never goes back, even if the clock does.
_HORIZON: Final = """
horizon AS MATERIALIZED (
    SELECT coalesce(max(moment), '-infinity') AS past, greatest(max(moment), %s::timestamptz) AS present
    FROM cases_areahorizon
),
moved AS (
    INSERT INTO cases_areahorizon (id, moment) SELECT 1, present FROM horizon
    ON CONFLICT (id) DO UPDATE SET moment = EXCLUDED.moment
)"""
_FOLD: Final = f"""
WITH {_HORIZON},
folded AS (DELETE FROM cases_areachange RETURNING {_KEY}, stage_due_at, change),
changes AS (
    SELECT {_KEY}, change AS cases, CASE WHEN stage_due_at < (SELECT past FROM horizon) THEN change ELSE 0 END AS late
    FROM folded
    UNION ALL
    SELECT {_KEY}, 0, 1 FROM cases_case
    WHERE stage_due_at >= (SELECT past FROM horizon) AND stage_due_at < (SELECT present FROM horizon)
)
INSERT INTO cases_areacounter ({_KEY}, cases, late)
SELECT {_KEY}, sum(cases), sum(late) FROM changes GROUP BY {_KEY} HAVING sum(cases) <> 0 OR sum(late) <> 0
ON CONFLICT ({_KEY}) DO UPDATE
SET cases = cases_areacounter.cases + EXCLUDED.cases, late = cases_areacounter.late + EXCLUDED.late
"""  # noqa: S608 — every part is a constant of this module or of the model
_REBUILD: Final = f"""
WITH {_HORIZON},
forgotten AS (DELETE FROM cases_areachange),
counted AS (
    SELECT {_KEY}, count(*) AS cases, count(*) FILTER (WHERE stage_due_at < (SELECT present FROM horizon)) AS late
    FROM cases_case GROUP BY {_KEY}
)
INSERT INTO cases_areacounter ({_KEY}, cases, late)
SELECT {_KEY}, coalesce(counted.cases, 0), coalesce(counted.late, 0)
FROM counted FULL JOIN (SELECT {_KEY} FROM cases_areacounter) AS kept USING ({_KEY})
ON CONFLICT ({_KEY}) DO UPDATE SET cases = EXCLUDED.cases, late = EXCLUDED.late
"""  # noqa: S608 — as above
_TIDY: Final = "DELETE FROM cases_areacounter WHERE cases = 0 AND late = 0"


@transaction.atomic(durable=True)
def fold_counters(*, at: datetime) -> int:
    """Fold every change and what has become late since the last time. Return how many counters it touched."""
    return _run(_FOLD, at)


@transaction.atomic(durable=True)
def rebuild_counters(*, at: datetime) -> int:
    """Count every case and let the counters say so. Return how many counters there are."""
    _run(_REBUILD, at)
    with connection.cursor() as cursor:
        cursor.execute(_TIDY)
        cursor.execute("SELECT count(*) FROM cases_areacounter")
        return int(cursor.fetchone()[0])


def _run(statement: str, at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [settings.SCHEMA])
        cursor.execute(statement, [at])
        return int(cursor.rowcount)
