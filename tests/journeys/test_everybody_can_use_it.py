"""The pages for the public keep nobody out: axe looks for what offends WCAG 2.2 AA, in two languages, at two widths."""

import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.matters import dispatched
from tests.journeys.people import BROKEN, DESK, MANHOLE, PHONE

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PAGES = ["/welcome/", "/report/", "/nearby/", "/track/", "/tips/", "/developers/"]
BUDGET = 150_000  # bytes of the first visit to the report page, before its map
ANSWER = 300  # bytes of the headers of an answer, and then some
OF_THE_MAP = ("maplibre", "/map/", "place-map", "place-pin", "blob:", "data:")


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


def test_the_first_visit_to_the_report_page_is_light(people):
    page, bodies = people.resident().page, {}
    page.on("requestfinished", lambda request: bodies.setdefault(request.url, request.response()))
    page.goto("/report/")
    page.wait_for_load_state("networkidle")

    sizes = {
        url: ANSWER + len(gzip.compress(answer.body(), 9))
        for url, answer in bodies.items()
        if not any(part in url for part in OF_THE_MAP)
    }
    assert len(sizes) > 15
    assert sum(sizes.values()) + sizes[page.url] <= BUDGET  # the worker that opens it without a network asks once more
