"""
The relay is killed while reports come in, as on servers with a PostgreSQL of their own: `prepare`, web, worker, relay.

Nothing that was acknowledged is lost, and each open page hears of each case once, whichever process of the relay dies.
"""

import os
import signal
import subprocess
import sys
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from uuid import UUID

import pytest
from django.test import override_settings

from onegrid.live.rules.audience import Audience
from tests.operation.listening import Page, StayingPage
from tests.operation.reporting import Senders, kept, let_programs_report
from tests.operation.running import ROOT, children_of, command_of, wait_for

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("processes"),
    pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at processes through /proc"),
]
EVERYTHING = Audience(hears_all=True)
PAUSE = 0.15  # seconds a sender waits, so that what a page has missed can still be named one by one
REPORT = "report"


class Service:
    """One word after `onegrid`, kept running as systemd keeps it: what it leaves behind goes with it."""

    def __init__(self, *words, environment, log):
        self.words, self.environment, self.log = words, environment, log
        self.start()

    def start(self):
        command = [sys.executable, "-m", "config.cli", *self.words]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)

    def kill(self):
        left = self.processes()
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()
        wait_for(lambda: not any(command_of(pid) for pid in left), seconds=30)

    def processes(self):
        """Return its own process and all below it, from the top."""
        found = [self.process.pid]
        for pid in found:
            found += children_of(pid)
        return found

    def end(self):
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(30)
        self.process.kill()
        self.process.wait()


@pytest.fixture(scope="module")
def ports(free_port):
    return {"web": free_port(), "relay": free_port()}


@pytest.fixture(scope="module")
def services(on_servers, home, ports):
    """The processes that `deploy/` names, ready; they are ended afterwards."""
    log = home / "services.log"
    prepare = [sys.executable, "-m", "config.cli", "prepare"]
    subprocess.run(prepare, cwd=ROOT, env=on_servers, check=True, capture_output=True)
    started = {
        name: Service(name, *(["--port", str(ports[name])] if name in ports else []), environment=on_servers, log=log)
        for name in ("web", "worker", "relay")
    }
    try:
        wait_for(lambda: is_well(ports["web"], "/readyz") and is_well(ports["relay"], "/healthz"), seconds=90)
        yield started
    finally:
        for service in started.values():
            service.end()


def is_well(port, path):
    with suppress(OSError, HTTPException), closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    return False


@pytest.fixture(scope="module")
def database(services, server):
    let_programs_report(server.url)
    return server.url


@pytest.fixture(scope="module")
def pages(services, database, home, ports):
    """Three pages that stay open; where they are told that much has changed they ask."""
    with override_settings(SECRET_KEY=(home / "secret_key").read_text().strip()):
        opened = [
            StayingPage(Page(ports["relay"], audience=EVERYTHING), lambda: hexes(kept(database))) for _ in range(3)
        ]
        yield opened
        for page in opened:
            page.stop()


@pytest.fixture(scope="module")
def senders(services, pages, ports):
    """Programs that have reported while each process of the relay was killed, from the top to the one that tells."""
    senders = Senders(ports["web"], count=2, pause=PAUSE)
    relay = services["relay"]
    all_hear(pages)
    for level in range(3):
        returns = [page.returns for page in pages]
        victim = relay.processes()[level]
        if level:
            os.kill(victim, signal.SIGKILL)
        else:
            relay.kill()
            senders.go_on()  # without a relay
            relay.start()
        wait_for(lambda: victim not in relay.processes() and is_well(ports["relay"], "/healthz"), seconds=60)  # noqa: B023
        wait_for(lambda: all(page.returns > n for page, n in zip(pages, returns, strict=True)), seconds=60)  # noqa: B023
        all_hear(pages)
    senders.stop()
    return senders


def all_hear(pages):
    """Wait until each page was told of something by name."""
    before = [len(page.page.told) for page in pages]
    wait_for(lambda: all(len(page.page.told) > n for page, n in zip(pages, before, strict=True)), seconds=60)


def hexes(numbers):
    return {UUID(number).hex for number in numbers}


def test_everything_acknowledged_is_kept_and_nothing_else(senders, database):
    assert senders.acknowledged() - kept(database) == set()
    assert kept(database) - senders.sent() == set()


def test_every_page_hears_of_everything_acknowledged(senders, pages):
    acknowledged = hexes(senders.acknowledged())

    wait_for(lambda: all(acknowledged <= page.knows() for page in pages), seconds=30)


def test_no_page_is_told_of_a_report_twice(senders, pages):
    for page in pages:
        told = [subject for subject, kind in page.page.told if kind == REPORT]
        assert len(told) == len(set(told))
