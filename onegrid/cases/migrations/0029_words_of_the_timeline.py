"""Let cases be found by what their timelines say, also those that were there before."""

from django.db import connection, migrations, transaction

from onegrid.core.search import vector

LOT = 2_000
_READ = """
SELECT case_id, array_agg(text) FROM cases_timelineentry
WHERE text <> '' AND case_id IN (SELECT id FROM cases_case WHERE id > %s ORDER BY id LIMIT %s) GROUP BY case_id
"""
_LAST = "SELECT max(id::text)::uuid FROM (SELECT id FROM cases_case WHERE id > %s ORDER BY id LIMIT %s) AS lot"
_WRITE = "UPDATE cases_case SET search = search || %s::tsvector WHERE id = %s"


def add_words(apps, schema_editor):
    last = "00000000-0000-0000-0000-000000000000"
    with connection.cursor() as cursor:
        while last:
            with transaction.atomic():
                cursor.execute(_READ, [last, LOT])
                cursor.executemany(_WRITE, [(vector(*texts), case) for case, texts in cursor.fetchall()])
                cursor.execute(_LAST, [last, LOT])
                (last,) = cursor.fetchone()


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0028_counted_without_rows")]
    operations = [migrations.RunPython(add_words, migrations.RunPython.noop, elidable=True)]
