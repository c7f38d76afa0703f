"""Programs that report without end, each report until it is acknowledged, while somebody kills things."""

import json
import time
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from threading import Event, Thread
from uuid import uuid4

import psycopg

from onegrid.accounts import rules
from onegrid.core.ids import new_id
from tests.operation.running import wait_for

SECRET = "secret-of-a-test"  # noqa: S105
PREFIX = "og_deadbeef"
IN_THE_DISTRICT = {"x": 120.626741, "y": 27.998976}


class Sender:
    """A program that reports, each report until it is acknowledged, as the API asks of it."""

    def __init__(self, port, stopping, *, pause=0.0):
        self.port, self.stopping, self.pause, self.acknowledged, self.sent = port, stopping, pause, [], []
        self.thread = Thread(target=self._run)
        self.thread.start()

    def _run(self):
        while not self.stopping.wait(self.pause):
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


class Senders:
    """Several of them at a time."""

    def __init__(self, port, *, count, pause=0.0):
        self.stopping = Event()
        self.all = [Sender(port, self.stopping, pause=pause) for _ in range(count)]

    def acknowledged(self):
        return {number for sender in self.all for number in sender.acknowledged}

    def sent(self):
        return {number for sender in self.all for number in sender.sent}

    def go_on(self):
        """Wait until each of them has had something acknowledged from now on."""
        before = [len(sender.acknowledged) for sender in self.all]
        wait_for(lambda: all(len(s.acknowledged) > n for s, n in zip(self.all, before, strict=True)), seconds=60)

    def stop(self):
        self.stopping.set()
        for sender in self.all:
            sender.thread.join(30)


def let_programs_report(url):
    """Put the senders' key for the API into the database."""
    now = datetime.now(UTC)
    with psycopg.connect(url, options="-c search_path=onegrid") as connection:
        connection.execute(
            "INSERT INTO accounts_apikey (id, user_id, name, prefix, secret_hash, scopes, created_at, expires_at)"
            " SELECT %s, id, 'test', %s, %s, '[\"cases:report\"]', %s, %s FROM accounts_user"
            " WHERE username = 'centre.acceptor-1'",
            [uuid4(), PREFIX, rules.hash_of(SECRET), now, now + timedelta(days=1)],
        )


def kept(url):
    """Return the cases that the database holds."""
    with psycopg.connect(url, options="-c search_path=onegrid") as connection:
        return {str(row[0]) for row in connection.execute("SELECT id FROM cases_case")}
