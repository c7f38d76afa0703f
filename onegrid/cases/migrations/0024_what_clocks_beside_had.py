"""
Say of tasks and orders that are there what limit made their due moments, as well as that can be told afterwards.

It is what the category allowed under which the case stood then. Where that cannot have made the due moment, all of the
time until then is the limit, and counts without a break: so every due moment stays what it was. How much an extension
gave is known exactly where all time counts; elsewhere it is half the limit or all of it, whichever is nearer.
"""

from django.db import migrations

_STOOD_UNDER = """
    coalesce(
        (
            SELECT nullif(entry.data->'categories'->>'from', '')::uuid FROM cases_timelineentry AS entry
            WHERE entry.case_id = held.case_id AND entry.kind = 'change' AND entry.data ? 'categories'
            AND entry.happened_at > held.%(begun)s ORDER BY entry.happened_at LIMIT 1
        ),
        kept.category_id
    )
"""
_SAID = """
    SELECT told.id, told.begun, told.due,
        CASE WHEN told.fits THEN told.counting ELSE 'always' END AS counting,
        CASE WHEN told.fits THEN told.allowed ELSE told.due - told.begun END AS limit_time
    FROM (
        SELECT asked.*, coalesce(
            asked.allowed > interval '0' AND CASE asked.counting
                WHEN 'always' THEN asked.begun + asked.allowed = asked.due
                ELSE asked.begun + asked.allowed <= asked.due
            END, false
        ) AS fits
        FROM (
            SELECT held.id, held.%(begun)s AS begun, %(due)s AS due,
                CASE WHEN category.time_unit LIKE 'working%%' THEN category.time_unit ELSE 'always' END AS counting,
                interval '1 hour' * %(hours)s AS allowed
            FROM %(table)s AS held JOIN cases_case AS kept ON kept.id = held.case_id
            LEFT JOIN catalogue_category AS category ON category.id = """ + _STOOD_UNDER + """
        ) AS asked
    ) AS told
    WHERE told.due IS NOT NULL
"""
_OF_TASKS = _SAID % {
    "table": "cases_supporttask",
    "begun": "created_at",
    "due": "coalesce(held.extended_from, held.due_at)",
    "hours": "(category.limits->>'handle')::float",
}
_OF_ORDERS = _SAID % {
    "table": "cases_supervisionorder",
    "begun": "ordered_at",
    "due": "held.due_at",
    "hours": """coalesce(
        (category.procedure->'supervision_hours'->>held.kind)::float, CASE held.kind WHEN 'overdue' THEN 24 ELSE 48 END
    )""",
}
FORWARD = f"""
UPDATE cases_supporttask AS task SET extended_at = entry.happened_at, extended_by_id = entry.by_user_id
FROM cases_timelineentry AS entry
WHERE task.extended_from IS NOT NULL AND entry.case_id = task.case_id AND entry.kind = 'task'
AND entry.data->>'what' = task.what AND task.extended_from =
    CASE WHEN entry.kind = 'task' AND entry.data ? 'extended' THEN (entry.data->>'from')::timestamptz END;
UPDATE cases_supporttask SET extended_from = NULL, extended_at = NULL
WHERE extended_from IS NOT NULL AND extended_by_id IS NULL;
UPDATE cases_supporttask AS task SET counting = said.counting, limit_time = said.limit_time,
    granted_time = CASE
        WHEN task.extended_from IS NULL THEN NULL
        WHEN said.counting = 'always' THEN task.due_at - task.extended_from
        WHEN task.due_at - task.extended_from >= 0.75 * (said.due - said.begun) THEN said.limit_time
        ELSE said.limit_time / 2
    END
FROM ({_OF_TASKS}) AS said WHERE said.id = task.id;
UPDATE cases_supervisionorder AS given SET counting = said.counting, limit_time = said.limit_time
FROM ({_OF_ORDERS}) AS said WHERE said.id = given.id;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0023_clocks_beside'),
        ('catalogue', '0002_time_limits'),
    ]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
