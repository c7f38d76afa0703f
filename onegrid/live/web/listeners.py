"""
The pages that listen, and what each of them is still to be sent.

Pages whose owners may hear the same are told the same, worked out once.
"""

import asyncio
import json
import time
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from onegrid.live.rules.audience import Audience, Told, may_hear
from onegrid.live.rules.marks import Mark
from onegrid.live.rules.tickets import Ticket

ROOM = 64  # chunks that may wait for one page; who reads no faster is let go, comes back and catches up
SINGLY = 50  # changes named one by one; where there are more, a page asks as if it had just come
CLOCKS_APART = 5  # seconds by which the clocks of two machines may differ
KEPT = 4000  # changes remembered for pages that come back

Chunk = bytes


class Listener:
    """One page: what it may hear, until when, and what waits to be sent to it."""

    __slots__ = ("_waiting", "_woken", "is_over", "ticket")

    def __init__(self, ticket: Ticket) -> None:
        self.ticket = ticket
        self.is_over = False
        self._waiting: deque[Chunk] = deque()
        self._woken = asyncio.Event()

    def tell(self, chunk: Chunk) -> None:
        """Put something to what waits; where that is too much already, let the page go."""
        self._waiting.append(chunk)
        self.is_over = self.is_over or len(self._waiting) > ROOM
        self._woken.set()

    def end(self) -> None:
        """Let the page go once it has been sent what waits."""
        self.is_over = True
        self._woken.set()

    async def next(self) -> Chunk:
        """Wait for something to send; nothing once it is over."""
        if not self._waiting and not self.is_over:
            self._woken.clear()
            await self._woken.wait()
        if self.is_over:
            return b""
        chunk = b"".join(self._waiting)
        self._waiting.clear()
        return chunk


class Listeners:
    """All pages that listen to this relay, and the changes of late."""

    def __init__(self) -> None:
        self._by_audience: dict[Audience, set[Listener]] = defaultdict(set)
        self._early: dict[Listener, Mark | None] = {}  # came before our first look, with what each had seen
        self._told: deque[tuple[float, Told]] = deque()
        self._remembered_from: Mark | None = None
        self.reached: Mark | None = None

    def __len__(self) -> int:
        return sum(map(len, self._by_audience.values()))

    def __iter__(self) -> Iterator[Listener]:
        return iter(list(chain.from_iterable(self._by_audience.values())))

    def add(self, listener: Listener, *, since: Mark | None) -> None:
        """Take a page in, and tell it first what it has missed since a mark, or since its ticket was written."""
        if self.reached is None:
            self._early[listener] = since
        else:
            self._catch_up(listener, since, self.reached)
        self._by_audience[listener.ticket.audience].add(listener)

    def remove(self, listener: Listener) -> None:
        """Forget a page."""
        self._early.pop(listener, None)
        group = self._by_audience[listener.ticket.audience]
        group.discard(listener)
        if not group:
            del self._by_audience[listener.ticket.audience]

    def begin(self, start: Mark, reached: Mark, changes: Sequence[Told] | None) -> None:
        """
        Take up what the first look found, from `start` on; None for more than can be told one by one.

        Pages come back faster than a relay that was killed can read. Each is told what it has missed itself: all of
        what was found would be told to it twice, and what lies before `start` never.
        """
        self.remember_from(start if changes is not None else reached)
        self.reached = reached
        self._remember(changes or ())
        for listener, since in self._early.items():
            if changes is None:
                listener.tell(_news(reached, listener.ticket.audience, None))
            else:
                self._catch_up(listener, since, reached)
        self._early.clear()

    def remember_from(self, start: Mark) -> None:
        """Forget all changes; those after this mark follow."""
        self._told.clear()
        self._remembered_from = self.reached = start

    def tell(self, reached: Mark, changes: Sequence[Told] | None) -> None:
        """Tell every page what it may hear of these changes; without a list, that much has changed."""
        if changes is None:
            self.remember_from(reached)
        self.reached = reached
        self._remember(changes or ())
        if changes is None or changes:
            for audience, group in self._by_audience.items():
                if chunk := _news(reached, audience, changes):
                    for listener in group:
                        listener.tell(chunk)

    def beat(self, *, now: float) -> None:
        """Tell every page that we are there and how far we have read; let those go whose ticket has run out."""
        chunk = _event(self.reached, "beat", "1") if self.reached else b":\n\n"
        for listener in self:
            if listener.ticket.until <= now:
                listener.end()
            else:
                listener.tell(chunk)

    def _catch_up(self, listener: Listener, since: Mark | None, reached: Mark) -> None:
        drawn_at = listener.ticket.issued_at - CLOCKS_APART
        missed = self._missed(since) if since else [told for at, told in self._told if at >= drawn_at]
        if chunk := _news(reached, listener.ticket.audience, missed):
            listener.tell(chunk)

    def _remember(self, changes: Iterable[Told]) -> None:
        now = time.time()
        self._told.extend((now, told) for told in changes)
        while len(self._told) > KEPT:
            gone = self._told.popleft()[1].xid + 1
            known = self._remembered_from
            start = max(gone, known.next if known else 0)
            self._remembered_from = Mark(f"{start}:{start}:", start, start, frozenset())

    def _missed(self, since: Mark) -> Sequence[Told] | None:
        start = self._remembered_from
        if start is None or since.first_open < start.next:
            return None
        return [told for _at, told in self._told if not since.covers(told.xid)]


def _news(reached: Mark, audience: Audience, changes: Sequence[Told] | None) -> Chunk:
    if changes is None:
        return _event(reached, "much", "1")
    heard = {
        (told.subject.hex, told.kind)
        for told in changes
        if may_hear(audience, area_path=told.area_path, unit_ids=told.unit_ids, person_id=told.person_id)
    }
    if not heard:
        return b""
    if len(heard) > SINGLY:
        return _event(reached, "much", "1")
    return _event(reached, "changes", json.dumps(sorted(heard), separators=(",", ":")))


def _event(reached: Mark, name: str, data: str) -> Chunk:
    return f"id: {reached.text}\nevent: {name}\ndata: {data}\n\n".encode()
