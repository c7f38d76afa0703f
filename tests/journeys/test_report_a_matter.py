"""A resident reports something on a phone: with a map, where none can be drawn, and without any script."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from onegrid.cases.models import Case
from onegrid.core.tests import samples

CHROMIUM = Path("/usr/bin/chromium")
PHONE = {"width": 360, "height": 780}
CHASHAN = {"longitude": 120.6936, "latitude": 27.9306, "accuracy": 12}
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("ouhai"), pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def launched():
    # Playwright runs an event loop in this thread, which Django would take for an async view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:

        def launch(*flags):
            return playwright.chromium.launch(executable_path=CHROMIUM if CHROMIUM.exists() else None, args=flags)

        yield launch
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def phone(launched, live_server):
    browsers = []

    def opened(*flags, **also):
        browsers.append(launched(*flags))
        context = browsers[-1].new_context(base_url=live_server.url, viewport=PHONE, locale="en", **also)
        context.add_cookies([{"name": "language", "value": "en", "url": live_server.url}])
        page = context.new_page()
        page.goto("/report/")
        return page

    yield opened
    for browser in browsers:
        browser.close()


def test_with_the_phones_own_position_and_a_photo(phone):
    page = phone(geolocation=CHASHAN, permissions=["geolocation"])
    page.fill("#id_text", "The manhole cover in front of the school is broken")
    page.locator("#kinds").get_by_label("Manhole cover broken or missing").check()
    page.get_by_label("What is wrong with it").select_option("broken")
    page.set_input_files("#id_photos", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": samples.photo()})
    expect(page.locator(".po-shot img")).to_have_count(1)

    page.get_by_role("button", name="I am there now").click()
    expect(page.locator("[data-pp-said]")).to_contain_text("accurate to about 12 m")
    page.get_by_role("button", name="Send the report").click()

    expect(page.locator("#private-link")).to_have_text(re.compile(r"/t/[\w-]{32}/$"))
    case = Case.objects.get()
    assert (case.category.code, case.answers, case.evidence.count()) == ("daily.roads.manhole", {"fault": "broken"}, 1)
    assert case.number in page.inner_text("h1")


def test_words_of_danger_show_whom_to_call_while_they_are_written_also_without_a_network(phone):
    page = phone()
    note = page.locator("[data-danger-words]")
    expect(page.locator("[data-files-tool]").first).to_be_visible()  # its scripts are there
    page.context.set_offline(True)

    page.locator("#id_text").press_sequentially("Broken lamp")
    expect(note).to_be_hidden()
    page.locator("#id_text").press_sequentially(", and FIRE on the stairs")

    expect(note.get_by_role("link", name="Fire 119")).to_be_visible()
    page.fill("#id_text", "The fire lane is blocked")
    expect(note).to_be_hidden()


def test_what_is_refused_stays_with_its_photo(phone):
    page = phone()
    page.fill("#id_text", "Broken street lamp")
    page.set_input_files("#id_photos", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": samples.photo()})

    page.get_by_role("button", name="Send the report").click()

    expect(page.locator(".po-sum")).to_be_focused()
    assert page.input_value("#id_text") == "Broken street lamp"
    assert page.locator("[name=uploads]").count() == 1


def test_on_a_plan_where_no_map_can_be_drawn(phone):
    page = phone("--disable-gpu", "--disable-3d-apis")
    page.locator("[data-place-picker]").scroll_into_view_if_needed()
    page.locator(".pp-plan").click(position={"x": 180, "y": 130})
    expect(page.locator("[data-pp-said]")).to_contain_text("街道")
    first = page.input_value("[data-pp-lon]")

    page.locator(".pp-pin").press("Shift+ArrowRight")

    assert page.input_value("[data-pp-lon]") > first


def test_without_any_script_by_choosing_a_community(phone):
    page = phone(java_script_enabled=False)
    page.fill("#id_text", "Street lamp dark for three days")
    page.select_option("#id_community", index=5)

    page.get_by_role("button", name="Send the report").click()

    assert Case.objects.get().number in page.inner_text("h1")
    assert "accurate to about" in page.inner_text("dl")
