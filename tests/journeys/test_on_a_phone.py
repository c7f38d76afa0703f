"""Desk work on a phone: reading and approving, without moving the page sideways."""

import pytest
from playwright.sync_api import expect

from tests.journeys.matters import dispatched
from tests.journeys.people import DESK, PHONE, photo

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PAGES = ["/queue/", "/filters/", "/map/", "/tasks/", "/cases/new/", "/account/"]


def test_every_page_fits_also_a_case_with_pictures(people):
    case, _link = dispatched(people.ouhai)
    officer = people.officer("chashan.roads.handler", screen=PHONE)

    too_wide = [page for page in [*PAGES, f"/cases/{case.number}/"] if not officer.fits(page)]

    assert too_wide == []


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])  # at a desk it stands in a narrow column
def test_each_moment_of_an_explained_deadline_stands_on_one_line(people, screen):
    case, _link = dispatched(people.ouhai)
    resident = people.resident(screen=screen)
    resident.page.goto(f"/c/{case.number}/")

    resident.page.locator("summary", has_text="为什么是这个时限").click()
    moments = resident.page.locator(".po-why").first.locator("td:first-child")

    expect(moments.first).to_be_visible()
    assert moments.evaluate_all(
        "cells => cells.every(cell => cell.offsetHeight < 2 * parseFloat(getComputedStyle(cell).lineHeight))"
    )


def test_chosen_photos_are_seen_before_they_are_sent(people):
    officer = people.officer("chashan.acceptor", screen=PHONE)
    officer.page.goto("/cases/new/")

    officer.page.set_input_files("#f_photos", [photo("one.jpg"), photo("two.jpg")])

    expect(officer.page.locator("[data-photo-list] img")).to_have_count(2)
    officer.page.get_by_role("button", name="删除 one.jpg").click()
    expect(officer.page.locator("[data-photo-list] img")).to_have_count(1)
