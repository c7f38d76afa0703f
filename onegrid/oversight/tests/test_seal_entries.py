"""Sealing while others write."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from django.db import connection

from onegrid.oversight.actions.seal_entries import Sealing
from onegrid.oversight.models import Entry, Seal
from onegrid.oversight.public import ENTRY_COLUMNS, ENTRY_VALUES, entry_values, seal_entries
from onegrid.oversight.tasks import seal
from onegrid.oversight.tests.trail import AT, LIN, check, numbers, write

LINE = entry_values("cases.file", target="cases.Case:0", by=LIN, at=AT, data={})
INSERT = f"INSERT INTO oversight_entry ({ENTRY_COLUMNS}) VALUES ({ENTRY_VALUES})"  # noqa: S608
NUMBERED = INSERT.replace("(code", "(seq, code").replace("VALUES (", "OVERRIDING SYSTEM VALUE VALUES (%s, ")
NOTHING = Sealing()


@contextmanager
def somebody_else():
    """Give a connection of another process, whose transaction stays open until it is ended."""
    parameters = connection.get_connection_params()
    with psycopg.connect(**{key: value for key, value in parameters.items() if key != "cursor_factory"}) as other:
        yield other
        other.rollback()


@pytest.mark.django_db
def test_covers_everything_there_is():
    write(25)

    sealing = seal_entries(at=AT, most=10)

    assert sealing == Sealing(seals=3, entries=25)
    assert list(Seal.objects.order_by("number").values_list("size", flat=True)) == [10, 10, 5]


@pytest.mark.django_db
def test_does_nothing_when_there_is_nothing_new():
    write(3)
    seal_entries(at=AT)

    assert seal_entries(at=AT + timedelta(minutes=1)) == NOTHING


@pytest.mark.django_db
def test_leaves_no_gap_between_two_seals():
    write(3)
    seal_entries(at=AT)
    write(3)
    seal_entries(at=AT)

    first, second = Seal.objects.order_by("number")
    assert (first.after, second.after, second.up_to) == (0, first.up_to, numbers()[-1])


@pytest.mark.django_db
def test_is_what_the_task_does():
    write(1)

    seal(timestamp=int(AT.timestamp()))

    assert Seal.objects.get().at == AT


@pytest.mark.django_db
def test_notes_each_seal_outside_the_database(home):
    write(2)

    seal_entries(at=AT, most=1)

    assert (home / "keys" / "audit.onegrid.checkpoints").read_text().splitlines() == [
        f"{seal.number} {bytes(seal.hash).hex()} 2026-11-23T09:30:00+00:00" for seal in Seal.objects.order_by("number")
    ]


@pytest.mark.django_db(transaction=True)
def test_waits_for_a_number_that_is_not_committed_yet():
    with somebody_else() as other:
        other.execute(INSERT, LINE)
        write(3)
        before = seal_entries(at=AT)
        other.commit()

    assert (before, seal_entries(at=AT)) == (NOTHING, Sealing(seals=1, entries=4))
    assert check().is_whole


@pytest.mark.django_db(transaction=True)
def test_waits_for_a_number_taken_by_a_transaction_without_an_id_yet():
    with somebody_else() as other:
        other.execute("LOCK TABLE oversight_entry IN ROW EXCLUSIVE MODE")
        (number,) = other.execute("SELECT nextval(pg_get_serial_sequence('oversight_entry', 'seq'))").fetchone()
        write(3)
        before = seal_entries(at=AT)
        other.execute(NUMBERED, (number, *LINE))
        other.commit()

    assert (before, seal_entries(at=AT)) == (NOTHING, Sealing(seals=1, entries=4))
    assert check().is_whole


@pytest.mark.django_db(transaction=True)
def test_gets_on_although_somebody_is_always_writing():
    with somebody_else() as early, somebody_else() as late:
        early.execute(INSERT, LINE)
        write(2)
        seal_entries(at=AT)
        late.execute(INSERT, LINE)
        early.commit()
        while_late_is_open = seal_entries(at=AT)
        late.commit()

    assert (while_late_is_open.entries, seal_entries(at=AT).entries) == (3, 1)
    assert check().is_whole


@pytest.mark.django_db(transaction=True)
def test_does_not_wait_for_those_who_only_read():
    with somebody_else() as other:
        other.execute("SELECT count(*) FROM oversight_entry")
        write(2)

        assert seal_entries(at=AT).entries == 2


@pytest.mark.django_db(transaction=True)
def test_is_not_disturbed_by_numbers_that_were_never_used():
    with somebody_else() as other:
        write(1)
        other.execute(INSERT, LINE)
        write(1)
        other.rollback()

    assert seal_entries(at=AT) == Sealing(seals=1, entries=2)
    assert check().is_whole


@pytest.mark.django_db(transaction=True)
def test_waits_for_a_transaction_prepared_in_two_phases():
    with somebody_else() as other:
        if other.execute("SHOW max_prepared_transactions").fetchone() == ("0",):
            pytest.skip("this server prepares no transactions")
        other.execute(INSERT, LINE)
        write(1)
        seal_entries(at=AT)
        other.execute("PREPARE TRANSACTION 'entry'")
        other.commit()
        before = seal_entries(at=AT)
        other.autocommit = True
        other.execute("COMMIT PREPARED 'entry'")
        other.autocommit = False

    assert (before, seal_entries(at=AT).entries) == (NOTHING, 2)
    assert check().is_whole


@pytest.mark.django_db(transaction=True)
def test_leaves_it_to_another_sealer():
    write(2)
    with somebody_else() as other:
        other.execute("SELECT pg_advisory_xact_lock(hashtextextended('oversight.seal ' || 'onegrid', 0))")

        assert seal_entries(at=AT) == NOTHING


def write_and_close(number):
    try:
        write(number)
    finally:
        connection.close()


def seal_and_close(_):
    try:
        return sum(seal_entries(at=AT, most=7).entries for _ in range(10))
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_keeps_the_trail_whole_while_many_write_and_several_seal():
    with ThreadPoolExecutor(6) as people:
        writing = [people.submit(write_and_close, 5) for _ in range(40)]
        sealing = [people.submit(seal_and_close, number) for number in range(4)]
        assert [job.exception() for job in writing] == [None] * 40
        during = sum(job.result() for job in sealing)
    seal_entries(at=AT)
    after = seal_entries(at=AT)

    report = check()
    assert (report.is_whole, report.sealed, report.unsealed, after) == (True, 200, 0, NOTHING)
    assert during <= Entry.objects.count()
