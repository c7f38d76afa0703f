"""Connections that last longer than a request: taken as good without asking, unless there is a doubt."""

from datetime import UTC, datetime
from threading import Thread

import psycopg
import pytest
from django.db import DataError, connections

from onegrid.core.postgres.lasting import base

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def connect(monkeypatch):
    """What makes connections of our own, of which two are kept."""
    monkeypatch.setattr(base, "_kept", {})
    made = []

    def one():
        fresh = connections.create_connection("default")
        fresh.settings_dict = {**fresh.settings_dict, "OPTIONS": {**fresh.settings_dict["OPTIONS"], "kept": 2}}
        fresh.inc_thread_sharing()  # so that it can be closed at the end
        made.append(fresh)
        return fresh

    yield one
    for wrapper in made:
        wrapper.settings_dict["OPTIONS"]["kept"] = 0
        wrapper.close()
    for resting in base._kept.values():
        for connection in resting:
            connection.close()


def backend(wrapper):
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def end_from_outside(pid):
    params = connections["default"].get_connection_params()
    with psycopg.connect(**{k: v for k, v in params.items() if k in {"dbname", "user", "host", "port"}}) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def test_are_taken_by_the_next_request(connect):
    wrapper = connect()
    first = backend(wrapper)

    wrapper.close()

    assert backend(wrapper) == first


def test_are_taken_by_another_thread(connect):
    wrapper, found = connect(), []
    found.append(backend(wrapper))
    wrapper.close()

    def ask():
        own = connect()
        found.append(backend(own))
        own.close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()

    assert found[0] == found[1]


def test_are_never_shared(connect):
    one, other = connect(), connect()

    assert backend(one) != backend(other)


def test_are_kept_only_as_many_as_was_said(connect):
    wrappers = [connect(), connect(), connect()]
    pids = [backend(wrapper) for wrapper in wrappers]
    for wrapper in wrappers:
        wrapper.close()

    assert {backend(wrapper) for wrapper in wrappers} & set(pids) == set(pids[:2])


def test_are_made_anew_when_the_server_has_closed_them(connect):
    wrapper = connect()
    first = backend(wrapper)
    wrapper.close()
    end_from_outside(first)

    assert backend(wrapper) != first


def test_are_not_kept_in_the_middle_of_a_transaction(connect):
    wrapper = connect()
    first = backend(wrapper)
    wrapper.set_autocommit(False)
    backend(wrapper)
    wrapper.close()

    assert backend(wrapper) != first


def test_parse_a_statement_of_constant_text_once(connect):
    wrapper = connect()
    for number in (1, 2, 3):
        with wrapper.prepared_cursor() as cursor:
            cursor.execute("SELECT %s::int + %s::int, '100%%'", [number, 1])
            assert cursor.fetchone() == (number + 1, "100%")

    with wrapper.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT $1::int%'")
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize(
    "text", ["2026-11-25 19:08:47.1+00", "2026-11-25 19:08:47+00", "0001-01-01 00:00:00.000001+00"]
)
def test_read_moments_as_utc(connect, text):
    with connect().cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [text])
        (found,) = cursor.fetchone()

    assert found.tzinfo is UTC
    assert found == datetime.fromisoformat(text)


def test_refuse_moments_that_no_calendar_has(connect):
    with connect().cursor() as cursor:
        cursor.execute("SELECT 'infinity'::timestamptz")

        with pytest.raises(DataError):
            cursor.fetchone()
