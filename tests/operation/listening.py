"""A page that stays open, as its script does: it comes back when it is cut off, and says how far it had heard."""

import json
import time
from contextlib import suppress
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from threading import Event, Thread
from urllib.parse import urlencode

from onegrid.live.rules.audience import Audience
from onegrid.live.rules.tickets import issue

CHASHAN = "330304010"
FIRST_WAIT = 0.2  # seconds before it tries again; the script waits longer


class Page:
    """Hears of one township, or of what its audience says."""

    def __init__(self, port, *, audience=None):
        self.port, self.audience = port, audience or Audience(areas=frozenset({CHASHAN}))
        self.seen, self.told, self.much = "", [], 0
        self.connection = self.response = None

    @property
    def heard(self):
        """Return the matters it was told of by name, each as often as it was."""
        return [subject for subject, _kind in self.told]

    def open(self):
        ticket = issue(self.audience, origin="http://localhost", at=datetime.now(UTC))
        self.connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        self.connection.request("GET", f"/events?{urlencode({'ticket': ticket, 'since': self.seen})}")
        self.response = self.connection.getresponse()
        assert self.response.status == 200
        assert self.response.readline() == b"retry: 3000\n"

    def close(self):
        for held in (self.response, self.connection):
            if held:
                held.close()

    def is_back(self):
        self.close()
        with suppress(OSError, HTTPException):
            self.open()
            return True
        return False

    def is_cut_off(self):
        """Read to the end."""
        with suppress(OSError, HTTPException):
            while self.response.readline():
                pass
        return True

    def hears(self, subject):
        """Read on until a change is told; return all that was, which may begin a little before the page came."""
        while subject not in self.heard:
            assert self.takes_event()
        return self.heard

    def takes_event(self):
        """Read one event whole, as a browser does: what is cut off in the middle was never heard. False at the end."""
        told = {}
        while line := self.response.readline().decode():
            if line == "\n":
                break
            name, _, value = line.rstrip("\n").partition(": ")
            told[name] = value
        else:
            return False
        self.seen = told.get("id", self.seen)
        if told.get("event") == "changes":
            self.told += [tuple(change) for change in json.loads(told["data"])]
        self.much += told.get("event") == "much"
        return True


class StayingPage:
    """A page in a thread of its own: it comes back whenever it is cut off, and asks where much has changed."""

    def __init__(self, page, ask):
        self.page, self.ask, self.asked, self.returns = page, ask, set(), 0
        self.stopping = Event()
        self.thread = Thread(target=self._run)
        self.thread.start()

    def _run(self):
        while not self.stopping.is_set():
            if not self.page.is_back():
                time.sleep(FIRST_WAIT)
                continue
            self.returns += 1
            with suppress(OSError, HTTPException):
                while not self.stopping.is_set() and self.page.takes_event():
                    if self.page.much:
                        self.page.much, self.asked = 0, self.asked | self.ask()
        self.page.close()

    def knows(self):
        """Return what it was told by name, and what it saw when it asked."""
        return set(self.page.heard) | self.asked

    def stop(self):
        self.stopping.set()
        self.thread.join(40)
