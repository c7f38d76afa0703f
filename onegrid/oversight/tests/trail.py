"""The trail as tests need it."""

from datetime import UTC, datetime
from itertools import count

from django.db import connection, transaction

from onegrid.oversight.models import Actor, Entry
from onegrid.oversight.public import public_key_file, public_keys, record, verify

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
LIN = Actor("林晓 (ouhai.lin)", "区中心")
_numbers = count(1)


def let_tests_empty_tables():
    """
    Allow TRUNCATE in the test database, with which Django cleans up after tests that commit.

    It is meant for every append-only table of every app. UPDATE and DELETE stay forbidden;
    a test of the guard itself puts it back for its own transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger"
            " WHERE NOT tgisinternal AND (tgtype & 32) > 0 AND tgrelid::regclass::text !~ '[.]'"
        )
        for table, trigger in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DISABLE TRIGGER "{trigger}"')


def write(number, *, code="cases.accept"):
    """Record so many entries, alike but for their target."""
    with transaction.atomic():
        for _ in range(number):
            target = f"cases.Case:{next(_numbers)}"
            record(code, target=target, by=LIN, at=AT, data={"from": "reported", "to": "accepted"})


def numbers():
    """Return the numbers of all entries, in order."""
    return list(Entry.objects.order_by("seq").values_list("seq", flat=True))


def tamper(sql, *values):
    """Do what the database's owner can do: change kept rows behind the triggers' back."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)


def check(**known):
    """Verify the trail with the public keys of this test's home."""
    return verify(public_keys(public_key_file()), **known)


def named(report):
    """Return the faults of a report as short tuples: what, which entry, which seal."""
    return [(fault.kind.name, fault.seq, fault.seal) for fault in report.faults]
