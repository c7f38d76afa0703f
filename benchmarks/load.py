"""
The load: plain threads, each with one kept-open connection to this machine, bounded in number and time.

It is Python and shares the processors with what it measures, so that the
figures are a little worse than the server's own. Requests are made beforehand.
"""

import gzip
import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field

PATIENCE = 30  # seconds for one answer
HEAD_END = b"\r\n\r\n"


@dataclass(frozen=True)
class Answer:
    """What came back: the status and the bytes of the body as they were on the line."""

    status: int
    body: bytes

    def plain(self) -> bytes:
        """Return the body unpacked."""
        return gzip.decompress(self.body) if self.body[:2] == b"\x1f\x8b" else self.body


@dataclass
class Samples:
    """How long each request of one round took, in milliseconds, and how long the round."""

    seconds: float
    milliseconds: list[float] = field(default_factory=list)

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
        Send one request and read its answer.

        :raises ConnectionError: if the line is closed before the answer is whole.
        """
        self._socket.sendall(request)
        received = self._until(b"", lambda data: HEAD_END in data)
        head, _, body = received.partition(HEAD_END)
        length = _length(head)
        body = self._until(body, lambda data: len(data) >= length)
        return Answer(int(head[9:12]), body)

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


def request(method: str, path: str, *, headers: dict[str, str] | None = None, body: bytes = b"") -> bytes:
    """Return one request as it goes over the line."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def drive(port: int, *, make: Callable[[], bytes], connections: int, seconds: float, expected: int) -> Samples:
    """
    Let so many connections ask as fast as they are answered, for so long.

    :raises RuntimeError: if any answer has another status: what fails fast must not look fast.
    """
    kept: list[list[float]] = [[] for _ in range(connections)]
    faults: list[str] = []
    start, end = threading.Barrier(connections + 1), time.monotonic() + PATIENCE + seconds

    def one(found: list[float]) -> None:
        try:
            with closing(Line(port)) as line:
                start.wait()
                while time.monotonic() < end and not faults:
                    began = time.perf_counter()
                    answer = line.ask(make())
                    found.append((time.perf_counter() - began) * 1000)
                    if answer.status != expected:
                        faults.append(f"{answer.status}: {answer.body[:300]!r}")
        except (OSError, threading.BrokenBarrierError) as error:
            faults.append(repr(error))
            start.abort()

    threads = [threading.Thread(target=one, args=(found,), daemon=True) for found in kept]
    for thread in threads:
        thread.start()
    end = time.monotonic() + seconds
    start.wait()
    began = time.monotonic()
    for thread in threads:
        thread.join(PATIENCE + seconds)
    took = time.monotonic() - began
    if faults:
        message = f"The load met {faults[0]}"
        raise RuntimeError(message)
    return Samples(took, [each for found in kept for each in found])


def percentile(milliseconds: Sequence[float], share: float) -> float:
    """Return the value below which this share of the samples lies."""
    ordered = sorted(milliseconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            return int(value)
    message = f"an answer without its length: {head[:200]!r}"
    raise ConnectionError(message)
