"""Let cases be found by what their timelines say, also those that were there before; strangers by nothing of it."""

from django.db import connection, migrations, transaction

from onegrid.cases.rules.words import words_of

LOT = 2_000
_READ = """
SELECT id, number, ARRAY[title, description, address], ARRAY[township_name, community_name, grid_name],
       ARRAY(SELECT text FROM cases_timelineentry WHERE case_id = cases_case.id AND text <> '')
FROM cases_case WHERE id > %s AND {which} ORDER BY id LIMIT %s FOR NO KEY UPDATE
"""
_WRITE = """
UPDATE cases_case SET search = new.search::tsvector
FROM unnest(%s::uuid[], %s::text[]) AS new (id, search) WHERE cases_case.id = new.id
"""


def index_again(which, *values):
    """Give cases that meet a condition the words that they are found by now, in lots that each stand for themselves."""
    last = "00000000-0000-0000-0000-000000000000"
    while last:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_READ.format(which=which), [last, *values, LOT])
            rows = cursor.fetchall()
            words = [words_of(number, said=said, where=where, timeline=told) for _id, number, said, where, told in rows]
            cursor.execute(_WRITE, [[row[0] for row in rows], words])
            last = rows[-1][0] if rows else None


def add_words(apps, schema_editor):
    index_again("TRUE")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0028_counted_without_rows")]
    operations = [migrations.RunPython(add_words, migrations.RunPython.noop, elidable=True)]
