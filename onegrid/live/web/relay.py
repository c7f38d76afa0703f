"""
The relay: one small process that reads what has changed and tells the pages that are open.

A plain ASGI application without Django's views or models: `GET …/events` with a
ticket is answered by server-sent events until the ticket runs out, `GET /healthz`
by whether the relay can read. It asks the database twice a second, however many
pages listen, and never writes what changed anywhere else. Killed or cut off from
its database it loses nothing: pages come back with the mark they had reached.
"""

import asyncio
import logging
import os
import socket
import time
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

from psycopg import AsyncConnection, Error

from onegrid.live.actions.say_alive import say_alive
from onegrid.live.readers.tail import start_mark, tail
from onegrid.live.rules.marks import Mark, NotAMarkError, mark
from onegrid.live.rules.tickets import Ticket, TicketRefusedError, admit
from onegrid.live.web.listeners import Listener, Listeners

TICK = 0.4  # seconds between two looks: at most two and a half broadcasts a second
BEAT = 15  # seconds between two signs of life, to pages and in the database
SILENT = 10  # seconds without a look after which the relay is not well
LONGEST_PAUSE = 5.0  # seconds between two attempts to reach a database that is gone
MOST = 5000  # pages at the same time; a ticket can be shown more than once

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Connect = Callable[[], Awaitable[AsyncConnection]]

log = logging.getLogger(__name__)


class Relay:
    """The application: it tails while it runs, and serves pages."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._listeners = Listeners()
        self._name = f"{socket.gethostname()}:{os.getpid()}"
        self._looked_at = 0.0
        self._tailing: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or start and stop with the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["method"] == "GET" and scope["path"].endswith("/events"):
            await self._events(scope, receive, send)
        elif scope["path"] == "/healthz":
            well = time.monotonic() - self._looked_at < SILENT
            await _answer(send, 200 if well else 503, "ok\n" if well else "the database is not reachable\n")
        else:
            await _answer(send, 404, "not here\n")

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        self._tailing = asyncio.create_task(self._tail())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self._tailing.cancel()
        for listener in self._listeners:
            listener.end()
        await send({"type": "lifespan.shutdown.complete"})

    async def _events(self, scope: Scope, receive: Receive, send: Send) -> None:
        words = parse_qs(scope["query_string"].decode("latin1"))
        headers = dict(scope["headers"])
        try:
            ticket = admit(words.get("ticket", [""])[0], at=datetime.now(UTC))
            since = _since(words, headers)
        except (TicketRefusedError, NotAMarkError):
            await _answer(send, 403, "no ticket\n")
            return
        if headers.get(b"origin", ticket.origin.encode()) != ticket.origin.encode():
            await _answer(send, 403, "another site's ticket\n")
        elif len(self._listeners) >= MOST:
            await _answer(send, 503, "full\n")
        else:
            await self._stream(Listener(ticket), since, receive=receive, send=send)

    async def _stream(self, listener: Listener, since: Mark | None, *, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": _stream_headers(listener.ticket)})
        await send({"type": "http.response.body", "body": b"retry: 3000\n\n", "more_body": True})
        leaving = asyncio.create_task(_until_gone(receive, listener))
        self._listeners.add(listener, since=since)
        try:
            while chunk := await listener.next():
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        finally:
            self._listeners.remove(listener)
            leaving.cancel()
        with suppress(Exception):  # who has left does not read the end
            await send({"type": "http.response.body", "body": b""})

    async def _tail(self) -> None:
        pause = TICK
        while True:
            try:
                async with await self._connect() as database:
                    await self._follow(database)
            except (Error, OSError) as error:
                log.warning("live.database_gone", extra={"reason": type(error).__name__})
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE) if time.monotonic() - self._looked_at > SILENT else TICK

    async def _follow(self, database: AsyncConnection) -> None:
        beat_at = 0.0
        if self._listeners.reached is None:
            start = await start_mark(database)
            self._listeners.begin(start, *await tail(database, start))
        while True:
            before = self._listeners.reached
            assert before is not None
            reached, changes = await tail(database, before)
            # Numbers that have gone back are another server's: what pages know is then worth nothing.
            self._listeners.tell(reached, None if reached.next < before.next else changes)
            self._looked_at = time.monotonic()
            if self._looked_at >= beat_at:
                beat_at = self._looked_at + BEAT
                self._listeners.beat(now=time.time())
                await say_alive(database, name=self._name, clients=len(self._listeners))
            await asyncio.sleep(TICK)


def _since(words: dict[str, list[str]], headers: dict[bytes, bytes]) -> Mark | None:
    """Return what the page has seen: the browser says it itself when it comes back."""
    text = headers.get(b"last-event-id", b"").decode("latin1") or words.get("since", [""])[0]
    return mark(text) if text else None


def _stream_headers(ticket: Ticket) -> list[tuple[bytes, bytes]]:
    return [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),  # a proxy is not to wait until there is more
        (b"access-control-allow-origin", ticket.origin.encode("latin1")),
        (b"vary", b"Origin"),
        (b"x-content-type-options", b"nosniff"),
    ]


async def _until_gone(receive: Receive, listener: Listener) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.end()


async def _answer(send: Send, status: int, text: str) -> None:
    headers = [(b"content-type", b"text/plain"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})
