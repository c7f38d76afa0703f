"""The relay as pages meet it, without a server around it."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from onegrid.live.rules.audience import Audience
from onegrid.live.rules.tickets import issue
from onegrid.live.web.relay import Relay

SITE = "http://grid.example.org"


def ask(path="/events", *, query="", headers=()):
    """Ask the relay for something and leave at once; return the status and the headers."""
    sent = []

    async def receive():
        return {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": list(headers)}
    asyncio.run(Relay(connect=None)(scope, receive, send))
    return sent[0]["status"], dict(sent[0]["headers"])


def ticket(*, at=None):
    return issue(Audience(hears_all=True), origin=SITE, at=at or datetime.now(UTC))


@pytest.mark.parametrize("path", ["/events", "/live/events"])
def test_streams_to_who_has_a_ticket(path):
    status, headers = ask(path, query=f"ticket={ticket()}", headers=[(b"origin", SITE.encode())])

    assert status == 200
    assert headers[b"content-type"] == b"text/event-stream; charset=utf-8"
    assert headers[b"access-control-allow-origin"] == SITE.encode()


def test_refuses_who_has_none():
    assert ask()[0] == 403


def test_refuses_a_ticket_that_has_run_out():
    assert ask(query=f"ticket={ticket(at=datetime.now(UTC) - timedelta(hours=1))}")[0] == 403


def test_refuses_the_page_of_another_site():
    status, headers = ask(query=f"ticket={ticket()}", headers=[(b"origin", b"https://elsewhere.example")])

    assert status == 403
    assert b"access-control-allow-origin" not in headers


@pytest.mark.parametrize("words", ["since=nonsense", "since=9:1:"])
def test_refuses_a_mark_that_is_none(words):
    assert ask(query=f"ticket={ticket()}&{words}")[0] == 403


def test_is_not_well_while_it_has_not_read():
    assert ask("/healthz")[0] == 503


def test_has_nothing_else():
    assert ask("/queue/")[0] == 404
