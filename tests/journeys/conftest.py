"""What every journey stands on: the installed Chromium, and people with a window each."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

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
