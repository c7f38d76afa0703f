"""
The load: kept-open connections to this machine, bounded in number and time, all served by one thread.

It is Python and shares the processors with what it measures, so that the
figures are a little worse than the server's own; how much it takes is measured
and said.
Requests are made beforehand.
"""

import gzip
import selectors
import socket
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NoReturn

PATIENCE = 30  # seconds for one answer
HEAD_END = b"\r\n\r\n"
WITHOUT_BODY = 204  # which comes without its length


@dataclass(frozen=True)
class Answer:
    """What came back: the status, the lines of the head, and the bytes of the body as they were on the line."""

    status: int
    body: bytes
    head: bytes = b""

    def header(self, name: str) -> str:
        """Return what a header says, the first of that name; nothing where it is missing."""
        return _said(self.head, name)

    def plain(self) -> bytes:
        """Return the body unpacked."""
        return gzip.decompress(self.body) if self.body[:2] == b"\x1f\x8b" else self.body


@dataclass
class Samples:
    """How long each request of one round took, in milliseconds, and how long the round; what asking took of it."""

    seconds: float
    milliseconds: list[float] = field(default_factory=list)
    generator_ms: float = 0

    @property
    def rate(self) -> float:
        """Requests per second."""
        return len(self.milliseconds) / self.seconds


class Line:
    """One kept-open HTTP/1.1 connection."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> Answer:
        """
        Send one request and read its answer, as browsers do also where the server stops listening in the middle.

        :raises ConnectionError: if the line is closed before the answer is whole.
        """
        with suppress(BrokenPipeError, ConnectionResetError):
            self._socket.sendall(request)
        received = self._until(b"", lambda data: HEAD_END in data)
        head, _, body = received.partition(HEAD_END)
        length = _length(head)
        body = self._until(body, lambda data: len(data) >= length)
        return Answer(int(head[9:12]), body, head)

    def close(self) -> None:
        """End the connection."""
        self._socket.close()

    def _until(self, data: bytes, is_whole: Callable[[bytes], bool]) -> bytes:
        while not is_whole(data):
            more = self._socket.recv(65536)
            if not more:
                message = "the server closed the line"
                raise ConnectionError(message)
            data += more
        return data


class Browser:
    """Asks over a kept-open line, and once more over a fresh one where it finds the kept one closed."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._line: Line | None = None

    def ask(self, request: bytes) -> Answer:
        """
        Send one request and read its answer.

        :raises ConnectionError: if even a fresh line is closed before the answer is whole.
        """
        if self._line:
            try:
                return self._line.ask(request)
            except ConnectionError:
                self.close()
        self._line = Line(self._port)
        return self._line.ask(request)

    def close(self) -> None:
        """End the connection, if there is one."""
        if self._line:
            self._line.close()
            self._line = None


def request(method: str, path: str, *, headers: dict[str, str] | None = None, body: bytes = b"") -> bytes:
    """Return one request as it goes over the line."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def drive(port: int, *, make: Callable[[], bytes], connections: int, seconds: float, expected: int) -> Samples:
    """
    Let so many connections ask as fast as they are answered, for so long; one thread serves all of them.

    :raises RuntimeError: if any answer has another status: what fails fast must not look fast.
    """
    lines, found = {}, Samples(0)
    used, began = time.thread_time(), time.perf_counter()
    end = began + seconds
    with selectors.DefaultSelector() as ready:
        for _ in range(connections):
            line = _Conversation(port)
            lines[ready.register(line.socket, selectors.EVENT_READ).fd] = line
            line.ask(make())
        while lines:
            for key, _events in ready.select(PATIENCE) or _silence():
                line = lines[key.fd]
                if not line.is_answered(expected):
                    continue
                now = time.perf_counter()
                found.milliseconds.append((now - line.asked_at) * 1000)
                if now < end:
                    line.ask(make())
                else:
                    ready.unregister(line.socket)
                    lines.pop(key.fd).socket.close()
    found.seconds, found.generator_ms = time.perf_counter() - began, (time.thread_time() - used) * 1000
    return found


class _Conversation:
    """A connection that waits for one answer at a time without holding a thread."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.asked_at = 0.0
        self._received = b""

    def ask(self, request: bytes) -> None:
        """Send a request."""
        self._received, self.asked_at = b"", time.perf_counter()
        self.socket.sendall(request)

    def is_answered(self, expected: int) -> bool:
        """
        Read what has arrived; tell whether that is the whole answer.

        :raises RuntimeError: if it has another status, or the line is closed.
        """
        more = self.socket.recv(65536)
        self._received += more
        head, end, body = self._received.partition(HEAD_END)
        if more and not end:
            return False
        if not more or int(head[9:12]) != expected:
            message = f"The load met {self._received[:300]!r}"
            raise RuntimeError(message)
        return len(body) >= _length(head)


def _silence() -> NoReturn:
    message = f"The load met {PATIENCE} s of silence"
    raise RuntimeError(message)


def percentile(milliseconds: Sequence[float], share: float) -> float:
    """Return the value below which this share of the samples lies."""
    ordered = sorted(milliseconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _said(head: bytes, wanted: str) -> str:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == wanted.lower().encode():
            return value.strip().decode("latin-1")
    return ""


def _length(head: bytes) -> int:
    if int(head[9:12]) == WITHOUT_BODY:
        return 0
    if said := _said(head, "Content-Length"):
        return int(said)
    message = f"an answer without its length: {head[:200]!r}"
    raise ConnectionError(message)
