"""The relay of a running installation, killed and cut off, as a page that stays open meets it."""

import os
import signal
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from onegrid.core.ids import new_id
from onegrid.core.postgres.server import url_of
from onegrid.live.rules.writing import CHANGE_COLUMNS
from tests.operation.listening import CHASHAN, Page
from tests.operation.running import Running, wait_for

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("up"),
    pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at processes through /proc"),
]

CHANGE = f"INSERT INTO live_change ({CHANGE_COLUMNS}) VALUES ('accept', %s, %s, '{{}}', NULL, NULL)"  # noqa: S608 — the names of columns


@pytest.fixture(scope="module")
def up(home, environment, free_port):
    running = Running(home, environment=environment, port=free_port())
    running.until_ready()
    yield running
    running.end()


@pytest.fixture
def officer(up, home, settings):
    """A page of an officer of Chashan, with the ticket that the site would give it."""
    settings.SECRET_KEY = (home / "secret_key").read_text().strip()
    page = Page(port_of(up))
    wait_for(page.is_back, seconds=60)  # the site answers before the relay does
    yield page
    page.close()


def port_of(up):
    words = Path(f"/proc/{up.child('config.live')}/cmdline").read_bytes().split(b"\0")
    return int(words[words.index(b"--port") + 1])


def change(home, *, township=CHASHAN):
    """Write down a change as an action would."""
    subject = new_id()
    with psycopg.connect(url_of(home, database="onegrid"), options="-c search_path=onegrid") as database:
        database.execute(CHANGE, [subject, f"330304/{township}"])
    return subject.hex


def test_a_page_hears_of_its_own_township_alone(officer, home):
    theirs = change(home, township="330304002")
    mine = change(home)

    assert theirs not in officer.hears(mine)


def test_a_page_hears_what_happened_while_the_relay_was_killed(officer, up, home):
    first = change(home)
    officer.hears(first)
    victim = up.child("config.live")

    os.kill(victim, signal.SIGKILL)
    assert officer.is_cut_off()
    missed = change(home)
    wait_for(officer.is_back, seconds=30)
    later = change(home)

    assert missed in officer.hears(later)
    assert up.has_replaced(victim, "config.live")


def test_a_page_stays_and_hears_when_the_database_was_killed(officer, up, home):
    first = change(home)
    officer.hears(first)

    os.kill(up.child("bin/postgres"), signal.SIGKILL)
    wait_for(lambda: written(home), seconds=40)
    later = change(home)

    assert later in officer.hears(later)


def written(home):
    with suppress(psycopg.OperationalError):
        return change(home)


def test_the_site_knows_of_it(up):
    wait_for(lambda: '"relay": "ok"' in up.probe("/readyz")[1], seconds=60)
