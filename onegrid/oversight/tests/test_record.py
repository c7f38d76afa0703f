"""Recording one line of the trail."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from onegrid.oversight.models import Actor, Entry
from onegrid.oversight.public import ENTRY_COLUMNS, ENTRY_VALUES, entry_values, record

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
LIN = Actor("林晓 (ouhai.lin)", "区中心")
LINE = {"target": "cases.Case:1", "by": LIN, "at": AT, "data": {"from": "reported", "to": "accepted"}}
HOT_PATH = (
    f"WITH entry AS (INSERT INTO oversight_entry ({ENTRY_COLUMNS}) SELECT {ENTRY_VALUES} RETURNING seq)"  # noqa: S608
    " SELECT seq FROM entry"
)


def columns(entry):
    return (entry.code, entry.target, entry.by, entry.unit, entry.at, entry.data)


@pytest.mark.django_db
def test_is_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        record("cases.accept", **LINE)


@pytest.mark.django_db
def test_keeps_what_it_was_told():
    record("cases.accept", **LINE)

    assert columns(Entry.objects.get()) == (
        "cases.accept", "cases.Case:1", "林晓 (ouhai.lin)", "区中心", AT, {"from": "reported", "to": "accepted"},
    )  # fmt: skip


@pytest.mark.django_db
def test_notes_when_it_was_heard():
    record("cases.accept", **LINE)

    assert Entry.objects.get().received_at.tzinfo is not None


@pytest.mark.django_db
def test_writes_the_same_row_as_the_statement_of_the_hot_path():
    record("cases.accept", **LINE)
    with connection.cursor() as cursor:
        cursor.execute(HOT_PATH, entry_values("cases.accept", **LINE))

    ours, theirs = Entry.objects.order_by("seq")
    assert columns(ours) == columns(theirs)


@pytest.mark.django_db(transaction=True)
def test_refuses_to_stand_alone():
    with pytest.raises(transaction.TransactionManagementError):
        record("cases.accept", **LINE)


@pytest.mark.django_db(transaction=True)
def test_leaves_nothing_behind_when_its_transaction_fails():
    with transaction.atomic():
        record("cases.accept", **LINE)
        transaction.set_rollback(True)

    assert not Entry.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE oversight_entry SET code = 'cases.refuse'",
        "DELETE FROM oversight_entry",
        "ALTER TABLE oversight_entry ENABLE TRIGGER oversight_entry_is_not_emptied; TRUNCATE oversight_entry",
        "INSERT INTO oversight_entry (seq, code, target, by, at, data) VALUES (1000, '', '', '', now(), '{}')",
    ],
)
def test_cannot_be_undone(attack):
    record("cases.accept", **LINE)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)
