"""The scripts every page carries: bound, within the policy, and harmless when switched off."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override
from playwright.sync_api import sync_playwright

from onegrid.accounts.tests.factories import PASSWORD, person
from onegrid.core.durations import left_in_minutes, spoken, unit_words

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser():
    # Playwright runs an event loop in this thread, which Django would take for an async view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM if CHROMIUM.exists() else None)
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def complaints():
    return []


@pytest.fixture
def page(browser, live_server, complaints):
    context = browser.new_context(base_url=live_server.url)
    context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", "url": live_server.url}])
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()


def sign_in(page):
    person(username="zhou")
    page.goto("/account/login/")
    page.fill("#id_login", "zhou")
    page.fill("#id_password", PASSWORD)
    page.click("text=Sign in >> nth=-1")
    page.goto("/account/")


def test_copy_a_new_key_and_say_so(page, complaints):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(page)
    complaints.clear()  # the start page is another app's
    page.fill("#id_name", "Map")
    page.click("text=Make a key")

    page.click("[data-copy]")

    assert page.wait_for_selector("#live:not(:empty)", state="attached").inner_text() == "Copied"
    assert complaints == []


def test_follow_the_system_into_the_dark(page, complaints):
    page.emulate_media(color_scheme="dark")

    page.goto("/account/login/")

    assert page.get_attribute("html", "data-bs-theme") == "dark"
    assert complaints == []


ROUND = "async (left) => (await import('/static/core/relative-time.js')).inMinutes(left)"
SAY = "async ([length, words]) => (await import('/static/core/relative-time.js')).spoken(length, words)"


@pytest.mark.parametrize("days", [0.0001, 0.5, 1.1, 99.99, 100.3, 999.9, 1000, 5576.5])
def test_say_a_length_of_time_as_the_server_does(page, days):
    length = timedelta(days=days)
    page.goto("/account/login/")

    with override("en"):
        assert page.evaluate(SAY, [length / timedelta(milliseconds=1), unit_words()]) == spoken(length)


@pytest.mark.parametrize("seconds", [7261.5, 61, 60, 59.999, 1, 0, -0.5, -59, -60, -119])
def test_round_what_is_left_as_the_server_does(page, seconds):
    left = timedelta(seconds=seconds)
    page.goto("/account/login/")

    assert page.evaluate(ROUND, left / timedelta(milliseconds=1)) == left_in_minutes(left) / timedelta(milliseconds=1)


def test_change_the_language_without_any_script(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/account/login/")

    page.click("text=English")

    assert page.inner_text("h1") == "Sign in"
    context.close()
