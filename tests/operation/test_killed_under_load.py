"""Whatever is killed while reports come in: what was acknowledged is there, once and whole, and nothing by half."""

import json
import os
import signal
import time
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event, Thread
from uuid import uuid4

import psycopg
import pytest

from onegrid.accounts import rules
from onegrid.core.ids import new_id
from onegrid.core.postgres.server import url_of
from tests.operation.running import Running, wait_for

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("up"),
    pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at processes through /proc"),
]
SECRET = "secret-of-a-test"  # noqa: S105
PREFIX = "og_deadbeef"
IN_THE_DISTRICT = {"x": 120.626741, "y": 27.998976}


class Sender:
    """A program that reports, each report until it is acknowledged, as the API asks of it."""

    def __init__(self, port, stopping):
        self.port, self.stopping, self.acknowledged, self.sent = port, stopping, [], []
        self.thread = Thread(target=self._run)
        self.thread.start()

    def _run(self):
        while not self.stopping.is_set():
            body = {"id": str(new_id()), "text": "井盖破损，请处理。", **IN_THE_DISTRICT}
            self.sent.append(body["id"])
            while not self._is_acknowledged(json.dumps(body)) and not self.stopping.is_set():
                time.sleep(0.05)

    def _is_acknowledged(self, body):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Authorization": f"Bearer {rules.joined(PREFIX, SECRET)}", "Content-Type": "application/json"}
        try:
            connection.request("POST", "/api/v1/cases", body, headers)
            answer = connection.getresponse()
            said = json.loads(answer.read() or b"{}")
        except (OSError, HTTPException, ValueError):
            return False
        finally:
            connection.close()
        assert answer.status in {201, 500, 503}, said
        if answer.status == 201:
            self.acknowledged.append(said["id"])
        return answer.status == 201


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
    now = datetime.now(UTC)
    with psycopg.connect(url, options="-c search_path=onegrid") as connection:
        connection.execute(
            "INSERT INTO accounts_apikey (id, user_id, name, prefix, secret_hash, scopes, created_at, expires_at)"
            " SELECT %s, id, 'test', %s, %s, '[\"cases:report\"]', %s, %s FROM accounts_user"
            " WHERE username = 'centre.acceptor-1'",
            [uuid4(), PREFIX, rules.hash_of(SECRET), now, now + timedelta(days=1)],
        )
    return url


@pytest.fixture(scope="module")
def senders(up, database):
    """Programs that went on reporting while web, worker and database were killed in turn, and have stopped."""
    stopping = Event()
    senders = [Sender(up.port, stopping) for _ in range(4)]
    for words in ("granian", "config.cli worker", "bin/postgres", "granian"):
        victim, before = up.child(words), [len(sender.acknowledged) for sender in senders]
        wait_for(lambda before=before: all(len(s.acknowledged) > n for s, n in zip(senders, before, strict=True)))
        os.kill(victim, signal.SIGKILL)
        wait_for(lambda: up.has_replaced(victim, words) and up.is_ready(), seconds=60)  # noqa: B023
    before = [len(sender.acknowledged) for sender in senders]
    wait_for(lambda: all(len(s.acknowledged) > n for s, n in zip(senders, before, strict=True)), seconds=60)
    stopping.set()
    for sender in senders:
        sender.thread.join(30)
    return senders


def count(database, question):
    with psycopg.connect(database, options="-c search_path=onegrid") as connection:
        return connection.execute(question).fetchone()[0]


def test_everything_acknowledged_is_kept(senders, database):
    with psycopg.connect(database, options="-c search_path=onegrid") as connection:
        kept = {str(row[0]) for row in connection.execute("SELECT id FROM cases_case")}

    assert {number for sender in senders for number in sender.acknowledged} - kept == set()


def test_nothing_is_kept_that_nobody_sent(senders, database):
    with psycopg.connect(database, options="-c search_path=onegrid") as connection:
        kept = {str(row[0]) for row in connection.execute("SELECT id FROM cases_case")}

    assert kept - {number for sender in senders for number in sender.sent} == set()


@pytest.mark.parametrize(
    "belongs_to_a_case",
    [
        "SELECT count(*) FROM cases_report",
        "SELECT count(*) FROM cases_timelineentry WHERE kind = 'report'",
        "SELECT count(*) FROM oversight_entry WHERE code = 'cases.report'",
    ],
)
def test_nothing_is_kept_by_half(senders, database, belongs_to_a_case):
    assert count(database, belongs_to_a_case) == count(database, "SELECT count(*) FROM cases_case")
