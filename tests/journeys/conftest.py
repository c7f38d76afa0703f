"""What every journey stands on: the installed Chromium, and people with a window each."""

import os
import socket
import subprocess
import sys
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import sync_playwright
from psycopg.conninfo import make_conninfo

from tests.journeys.people import People

CHROMIUM = Path("/usr/bin/chromium")
MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]  # it beeps, and asks nobody


@pytest.fixture(scope="module")
def window(request):
    """Drive the Chromium that is installed, once for the module."""
    # Playwright runs an event loop in this thread, which Django would take for an async view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM if CHROMIUM.exists() else None, args=MICROPHONE)
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def people(window, live_server, ouhai):
    """Residents and officers of Ouhai; nothing in their windows breaks or offends the policy."""
    everybody = People(window, live_server.url, ouhai)
    yield everybody
    everybody.leave()
    assert everybody.complaints == []


@pytest.fixture
def relay(settings, live_server):
    """The relay beside the site, as `onegrid up` starts it."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        settings.LIVE_PORT = probe.getsockname()[1]
    known = connection.get_connection_params()
    url = make_conninfo(**{name: known[name] for name in ("dbname", "user", "host", "password") if known.get(name)})
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--port", str(settings.LIVE_PORT)]
    environment = os.environ | {"ONEGRID_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.production"}
    process = subprocess.Popen(
        [*command, "--no-ws", "--log-level", "error", "--workers-kill-timeout", "2", "config.live:application"],
        env=environment,
    )
    while not _is_well(settings.LIVE_PORT):
        time.sleep(0.1)
    yield process
    process.terminate()
    process.wait(20)


def _is_well(port):
    try:
        with closing(HTTPConnection("localhost", port, timeout=2)) as probe:
            probe.request("GET", "/healthz")
            return probe.getresponse().status == 200
    except OSError:
        return False
