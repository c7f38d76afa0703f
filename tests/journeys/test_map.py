"""The map of the area in a browser: it moves, follows a choice, shows single cases, and keeps to the policy."""

import os
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect, sync_playwright

from onegrid.accounts.public import DEMONSTRATION_PASSWORD, User
from onegrid.cases.tests.factories import make_case, make_district, make_people

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
DRAWN_WITHOUT_A_CARD = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
DUE = datetime(2099, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def chromium(browser_type_launch_args):
    # Playwright runs an event loop in this thread, which Django would take for an async view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(**browser_type_launch_args, args=DRAWN_WITHOUT_A_CARD)
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def complaints():
    return []


@pytest.fixture
def cases():
    district = make_district()
    leader = make_people(district).leader
    leader.set_password(DEMONSTRATION_PASSWORD)
    leader.save()
    return [
        make_case(district, stage_due_at=DUE),
        make_case(district, grid=district.areas.elsewhere, stage_due_at=DUE),
    ], leader


def opened(browser, live_server, leader, **also):
    page = browser.new_context(
        base_url=live_server.url, locale="en", viewport={"width": 1366, "height": 768}, **also
    ).new_page()
    page.goto("/account/login/")
    page.fill("#id_login", leader.username)
    page.fill("#id_password", DEMONSTRATION_PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url("**/queue/**")
    return page


def test_goes_from_counts_to_a_single_case(chromium, live_server, cases, complaints):
    [case, _elsewhere], leader = cases
    page = opened(chromium, live_server, leader)
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto("/map/")
    page.wait_for_selector("[data-area-map][data-ready]")
    page.click(".mp-label:has-text('茶山')")
    expect(page.locator("#map-info h2")).to_contain_text("茶山街道")
    page.click("#map-side a[data-place='330304010001']")
    page.click("#map-side a[data-place='330304010001001']")
    page.click("[data-nearer] button")
    page.click(f".mp-pin[aria-label*='{case.number}']")
    page.click("#map-info a >> nth=0")

    expect(page.locator("h1")).to_contain_text(case.title)
    assert complaints == []


def test_opens_on_the_township_of_an_officer_and_only_names_the_others(chromium, live_server, cases):
    officer = User.objects.get(display_name="外镇值班长")
    officer.set_password(DEMONSTRATION_PASSWORD)
    officer.save()
    page = opened(chromium, live_server, officer)

    page.goto("/map/")
    page.wait_for_selector("[data-area-map][data-ready]")
    expect(page.locator(".mp-label", has_text="茶山")).to_have_count(0)
    page.click("[data-zoom=all]")

    expect(page.locator(".mp-label", has_text="梧田")).to_have_text("梧田 1")
    expect(page.locator(".mp-label", has_text="茶山")).to_have_text("茶山")


@pytest.mark.parametrize("part", ["maplibre-gl.mjs", "maplibre-gl-worker.mjs"])
def test_stays_drawn_by_the_server_where_the_moving_one_never_comes(chromium, live_server, cases, part):
    _cases, leader = cases
    page = opened(chromium, live_server, leader)
    page.route(f"**/{part}", lambda route: route.abort())

    page.goto("/map/")
    page.wait_for_timeout(3000)

    expect(page.locator(".mp-c > svg.m")).to_be_visible()
    expect(page.locator(".mp-gl canvas:visible")).to_have_count(0)
    page.click("#map-side a[data-place='330304010']")
    expect(page.locator("#map-info h2")).to_contain_text("茶山街道")


def test_leads_to_the_list_of_an_area_without_script(chromium, live_server, cases):
    [case, elsewhere], leader = cases
    page = opened(chromium, live_server, leader, java_script_enabled=False)

    page.goto("/map/")
    expect(page.locator("svg.m .m-label")).to_have_count(2)
    page.click("#map-side a[data-place='330304010']")
    page.click("#map-info a[href*='area=330304010']")

    expect(page.locator(f"a[href*='{case.number}']").first).to_be_visible()
    expect(page.locator(f"a[href*='{elsewhere.number}']")).to_have_count(0)
