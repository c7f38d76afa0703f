"""The pages for the public keep nobody out: axe looks for what offends WCAG 2.2 AA, in two languages, at two widths."""

import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.matters import dispatched
from tests.journeys.people import BROKEN, DESK, MANHOLE, PHONE

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PAGES = ["/welcome/", "/report/", "/nearby/", "/track/", "/tips/", "/developers/"]
SMALLEST = {"width": 320, "height": 640}  # also what is left of a desk's screen at 400 % (WCAG 1.4.10)
SMALL_DESK = {"width": 1280, "height": 800}
MORE_PAGES = ["/statistics/", "/my/", "/calls/", "/tips/dialogue/", "/follow/all/everything/"]
WIDTH = "document.documentElement.scrollWidth"
BUDGET = 150_000  # bytes of the first visit to the report page
ANSWER = 300  # bytes of the headers of an answer, and then some


@pytest.fixture(params=[("zh-hans", PHONE), ("zh-hans", DESK), ("en", PHONE), ("en", DESK)], ids=str)
def visitor(people, request):
    language, screen = request.param
    resident = people.resident(screen=screen)
    resident.page.context.add_cookies([{"name": "language", "value": language, "url": people.address}])
    return resident


def offences(page):
    """Return what axe finds, each with the first place where it is."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{page.url} {each['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for each in found
        for node in each["nodes"][:2]
    ]


def test_the_pages_of_the_portal(visitor):
    found = []
    for address in PAGES:
        visitor.page.goto(address)
        visitor.page.wait_for_timeout(300)  # until what scripts do at once is done
        found += offences(visitor.page)

    assert found == []


def test_the_page_of_a_case_and_its_private_page(visitor, people):
    case, link = dispatched(people.ouhai)
    found = []
    for address in [f"/c/{case.number}/", link]:
        visitor.page.goto(address)
        found += offences(visitor.page)

    assert found == []


def test_a_report_half_written_refused_and_received(visitor):
    page, found = visitor.page, []
    visitor.describes(f"我叫林晓，{BROKEN}", kind=MANHOLE)
    page.locator("[name=uploads]").wait_for(state="attached")
    found += offences(page)
    page.fill("#id_text", "")
    page.click("#report-send")
    page.locator(".po-sum").wait_for()
    found += offences(page)
    page.fill("#id_text", BROKEN)
    visitor.sends()
    found += offences(page)

    assert found == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_is_wider_than_a_small_screen(people, language):
    page = in_language(people, language, SMALLEST)

    wide = []
    for address in PAGES + MORE_PAGES:
        assert page.goto(address).ok
        wide += [address] if page.evaluate(WIDTH) > SMALLEST["width"] else []

    assert wide == []


def test_the_names_of_the_languages_stand_on_one_line(people):
    page = in_language(people, "en", SMALL_DESK)
    page.goto("/report/")

    names = page.locator(".po-langs [data-long]")
    assert names.count() == 3
    assert {each.evaluate("name => name.getClientRects().length") for each in names.all()} == {1}


def in_language(people, language, screen):
    page = people.resident(screen=screen).page
    page.context.add_cookies([{"name": "language", "value": language, "url": people.address}])
    return page


def test_the_first_visit_to_the_report_page_is_light(people):
    page, bodies = people.resident().page, {}
    page.on("requestfinished", lambda request: bodies.setdefault(request.url, request.response()))
    page.goto("/report/")
    page.wait_for_load_state("networkidle")

    # All of it: the map comes when somebody scrolls to it.
    sizes = {url: ANSWER + len(gzip.compress(answer.body(), 9)) for url, answer in bodies.items()}
    assert len(sizes) > 15
    assert sum(sizes.values()) + sizes[page.url] <= BUDGET  # the worker that opens it without a network asks once more
