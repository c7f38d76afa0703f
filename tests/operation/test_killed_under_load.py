"""Whatever is killed while reports come in: what was acknowledged is there, once and whole, and nothing by half."""

import os
import signal
from pathlib import Path

import psycopg
import pytest

from onegrid.core.postgres.server import url_of
from tests.operation.reporting import Senders, kept, let_programs_report
from tests.operation.running import Running, wait_for

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("up"),
    pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at processes through /proc"),
]


@pytest.fixture(scope="module")
def up(home, environment, free_port):
    running = Running(home, environment=environment, port=free_port())
    running.until_ready()
    yield running
    running.end()


@pytest.fixture(scope="module")
def database(up, home):
    """The address of its database, with a key for the API in it."""
    url = url_of(home, database="onegrid")
    let_programs_report(url)
    return url


@pytest.fixture(scope="module")
def senders(up, database):
    """Programs that went on reporting while web, worker, relay and database were killed in turn, and have stopped."""
    senders = Senders(up.port, count=4)
    for words in ("config.wsgi", "config.cli worker", "config.live", "bin/postgres", "config.wsgi"):
        victim = up.child(words)
        senders.go_on()
        os.kill(victim, signal.SIGKILL)
        wait_for(lambda: up.has_replaced(victim, words) and up.is_ready(), seconds=60)  # noqa: B023
    senders.go_on()
    senders.stop()
    return senders


def count(database, question):
    with psycopg.connect(database, options="-c search_path=onegrid") as connection:
        return connection.execute(question).fetchone()[0]


def test_everything_acknowledged_is_kept(senders, database):
    assert senders.acknowledged() - kept(database) == set()


def test_nothing_is_kept_that_nobody_sent(senders, database):
    assert kept(database) - senders.sent() == set()


@pytest.mark.usefixtures("senders")
@pytest.mark.parametrize(
    "belongs_to_a_case",
    [
        "SELECT count(*) FROM cases_report",
        "SELECT count(*) FROM cases_timelineentry WHERE kind = 'report'",
        "SELECT count(*) FROM oversight_entry WHERE code = 'cases.report'",
    ],
)
def test_nothing_is_kept_by_half(database, belongs_to_a_case):
    assert count(database, belongs_to_a_case) == count(database, "SELECT count(*) FROM cases_case")
