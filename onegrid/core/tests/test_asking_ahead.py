"""What is asked ahead: the database works meanwhile, and nobody but who asked has to know."""

from datetime import UTC, datetime
from threading import Thread

import pytest
from django.db import DataError, close_old_connections, connection, transaction

from onegrid.core.statements import Statement

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
RESTING = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%%' AND state = %s"


def statement(sql, *values, is_prepared=False):
    return Statement(sql, values, is_prepared)


def rows_of(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def elsewhere(sql, *values):
    """Ask over another connection."""
    found = []

    def ask():
        found.extend(rows_of(sql, *values))
        connection.close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    return found


@pytest.mark.parametrize("is_prepared", [False, True])
def test_is_answered_as_if_one_had_waited(is_prepared):
    asked = statement("SELECT %s::int, '100%%'", 7, is_prepared=is_prepared)

    answers = [asked.ask(NOON)() for _ in range(3)]

    assert answers == [asked.rows(NOON)] * 3 == [[(7, "100%")]] * 3


def test_the_database_works_on_it_before_anybody_waits():
    answer = statement("SELECT pg_sleep(%s)", 0.3).ask(NOON)

    works = elsewhere(RESTING, "active")
    answer()

    assert works == [(1,)]
    assert elsewhere(RESTING, "active") == [(0,)]


def test_what_is_asked_in_between_waits_for_it_and_each_has_its_own_answer():
    first = statement("SELECT 1, pg_sleep(%s)", 0.05).ask(NOON)
    second = statement("SELECT 2").ask(NOON)
    third = rows_of("SELECT 3")

    assert (third, second(), first()) == ([(3,)], [(2,)], [(1, "")])


def test_what_is_wrong_with_it_hears_who_asked_and_nobody_else():
    answer = statement("SELECT 1 / (%s - 1)", 1).ask(NOON)

    assert rows_of("SELECT 3") == [(3,)]
    with pytest.raises(DataError, match="division by zero"):
        answer()
    assert rows_of("SELECT 4") == [(4,)]


def test_a_statement_that_cannot_even_be_sent_is_refused_at_once_and_leaves_the_connection_as_it_was():
    with pytest.raises(Exception, match="NUL"):
        statement("SELECT %s", "\0").ask(NOON)

    assert rows_of("SELECT 3") == [(3,)]


def test_a_transaction_does_not_end_before_it():
    with transaction.atomic():
        answer = statement("SELECT txid_current(), pg_sleep(%s)", 0.05).ask(NOON)
        ((number,),) = rows_of("SELECT txid_current()")

    assert answer()[0][0] == number
    assert rows_of("SELECT txid_current()") != [(number,)]


def test_a_transaction_begins_after_it():
    answer = statement("SELECT txid_current(), pg_sleep(%s)", 0.05).ask(NOON)
    with transaction.atomic():
        ((number,),) = rows_of("SELECT txid_current()")
        assert rows_of("SELECT txid_current()") == [(number,)]

    assert answer()[0][0] < number


def test_an_answer_that_nobody_waits_for_disturbs_no_later_request():
    statement("SELECT pg_sleep(%s)", 0.2).ask(NOON)
    connection.close()
    close_old_connections()

    assert rows_of("SELECT 3") == [(3,)]
