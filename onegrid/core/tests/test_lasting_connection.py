"""The connection a thread keeps: taken as good without asking, until there is a doubt."""

from threading import Thread

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.db.utils import OperationalError

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kept():
    """A connection of our own, as a web process keeps it."""
    made = connections.create_connection("default")
    made.settings_dict = {**made.settings_dict, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
    made.ensure_connection()
    yield made
    made.close()


def backend(kept):
    with kept.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def begin_request(kept):
    """What Django does with a kept connection when a request begins, up to its first statement."""
    kept.close_if_unusable_or_obsolete()
    kept.close_if_health_check_failed()


def end_from_outside(pid):
    params = connections["default"].get_connection_params()
    with psycopg.connect(**{k: v for k, v in params.items() if k in {"dbname", "user", "host", "port"}}) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def test_stays_the_same_from_request_to_request(kept):
    first = backend(kept)

    begin_request(kept)

    assert backend(kept) == first


def test_asks_the_server_nothing_while_it_is_at_rest(kept):
    first = kept.connection

    sent = []
    plain_execute = first.execute
    kept.connection.execute = lambda *args: sent.append(args) or plain_execute(*args)
    begin_request(kept)

    assert kept.is_usable()
    assert sent == []


def test_is_made_anew_when_the_server_has_closed_it(kept):
    first = backend(kept)
    end_from_outside(first)

    begin_request(kept)

    assert backend(kept) != first


def test_is_asked_after_an_error(kept):
    first = backend(kept)
    end_from_outside(first)
    with pytest.raises(OperationalError):
        backend(kept)

    assert kept.errors_occurred
    assert not kept.is_usable()


def test_is_good_after_a_word_from_the_server_that_is_no_end(kept):
    first = backend(kept)
    with kept.cursor() as cursor:
        cursor.execute("LISTEN onegrid_test")
    with connections["default"].cursor() as cursor:
        cursor.execute("NOTIFY onegrid_test")

    begin_request(kept)

    assert backend(kept) == first


def test_each_thread_keeps_its_own():
    found = []

    def look():
        found.append(backend(connections["default"]))
        connections["default"].close()

    thread = Thread(target=look)
    thread.start()
    thread.join()

    assert found != [backend(connections["default"])]
    assert settings.DATABASES["default"]["ENGINE"] == "onegrid.core.postgres.lasting"
