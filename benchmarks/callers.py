"""Who asks during a run, and how a request of theirs looks on the line."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from benchmarks.load import Line, request
from onegrid.accounts.actions.create_api_key import create_api_key
from onegrid.accounts.public import User
from onegrid.accounts.rules import Scope

ACCEPTOR = "centre.acceptor-1"  # the district's desk: sees everything
DESK = "chashan.dispatcher"  # a township's desk
UNIT = "chashan.enforcement.handler"  # a department's office
CSRF = "a" * 32  # a browser has had one since its first page


@dataclass(frozen=True)
class Caller:
    """An account with a key for the API and a session for the pages."""

    user: User
    key: str
    session: str

    def headers(self) -> dict[str, str]:
        """Return what an API call of theirs carries."""
        return {"Authorization": f"Bearer {self.key}", "Accept-Encoding": "gzip"}

    def get(self, path: str) -> bytes:
        """Return a request for a page or an endpoint."""
        if path.startswith("/api/"):
            return request("GET", path, headers=self.headers())
        cookies = f"sessionid={self.session}; csrftoken={CSRF}"
        return request("GET", path, headers={"Cookie": cookies, "Accept-Encoding": "gzip"})

    def statements(self, path: str) -> list[str]:
        """Return every statement of one warm request, asked in this process through all middleware."""
        client = Client(headers={"host": "localhost"})
        if path.startswith("/api/"):
            client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {self.key}"
        else:
            client.cookies["sessionid"] = self.session
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)  # noqa: PLR2004
        return [query["sql"] for query in captured]


def caller(username: str) -> Caller:
    """Give an account of the pack a key and a session."""
    user = User.objects.get(username=username)
    at = now()
    scopes = [Scope.READ.value, Scope.REPORT.value]
    _, key = create_api_key(name="bench", scopes=scopes, expires_at=at + timedelta(days=1), by=user, at=at)
    client = Client()
    client.force_login(user)
    return Caller(user, key, client.cookies["sessionid"].value)


def timed(line: Line, message: bytes) -> Callable[[], float]:
    """Return what sends a request and says how many ms its whole answer took."""

    def once() -> float:
        began = time.perf_counter()
        answer = line.ask(message)
        took = (time.perf_counter() - began) * 1000
        if answer.status != 200:  # noqa: PLR2004
            said = f"{answer.status}: {answer.body[:200]!r}"
            raise RuntimeError(said)
        return took

    return once
