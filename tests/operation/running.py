"""A running `onegrid up`, as an operator sees it from outside."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Running:
    def __init__(self, home, *, environment, port):
        self.home, self.port = home, port
        self.log = home / f"up-{port}.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "config.cli", "up", "--port", str(port)],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def said(self):
        return self.log.read_text(encoding="utf8")

    def until_ready(self, *, seconds=150):
        """Wait for the line with the address and return how long that took; what does not come is ended."""
        started = time.monotonic()
        try:
            wait_for(lambda: "OneGrid is ready" in self.said() or self.process.poll() is not None, seconds=seconds)
            assert self.process.poll() is None, self.said()
        except AssertionError:
            self.end()
            raise
        return time.monotonic() - started

    def probe(self, path):
        """Ask for a page; nothing while nobody listens."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()
        except OSError:
            return None, ""
        finally:
            connection.close()

    def is_ready(self):
        status, body = self.probe("/readyz")
        return status == 200 and json.loads(body)["ready"]

    def child(self, words):
        """Return the process of ours whose command line holds these words; one that is being replaced is waited for."""
        found = []
        wait_for(lambda: found.extend(pid for pid in self._children() if words in command_of(pid)) or found, seconds=30)
        return found[0]

    def _children(self):
        return children_of(self.process.pid)

    def has_replaced(self, pid, words):
        return any(words in command_of(other) for other in self._children() if other != pid)

    def stop(self, sign=signal.SIGINT):
        self.process.send_signal(sign)
        return self.process.wait(30)

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(30)
        for pid in processes_of(self.home):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def wait_for(condition, *, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def processes_of(home):
    """Return the processes that were started with this home in their environment."""
    mark = os.fsencode(f"ONEGRID_HOME={home}")
    return [pid for pid in _all() if mark in _read(pid, "environ").split(b"\0") and b") Z " not in _read(pid, "stat")]


def children_of(pid):
    return [int(word) for word in _read(pid, f"task/{pid}/children").split()]


def command_of(pid):
    return _read(pid, "cmdline").replace(b"\0", b" ").decode()


def _all():
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()]


def _read(pid, name):
    try:
        return Path("/proc", str(pid), name).read_bytes()
    except OSError:
        return b""
