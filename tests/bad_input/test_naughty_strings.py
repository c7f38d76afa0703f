"""The Big List of Naughty Strings, all of it: what is taken comes back exactly, and no page is made of it."""

from collections import Counter
from html.parser import HTMLParser
from unicodedata import category

import pytest

from onegrid.cases.models import Case, TimelineEntry
from onegrid.cases.tests.factories import make_case
from onegrid.core.ids import new_id
from tests.bad_input.corpora import groups, naughty_strings, needs

pytestmark = needs("naughty")
NAUGHTY = naughty_strings()
LIMITS = {"title": 120, "address": 200, "reporter_name": 60, "reporter_contact": 100}
PLAIN = "a"
UNSEEN = {"Z", "C"}  # the categories of Unicode that nobody sees: separators, and controls, joiners, unassigned


class Skeleton(HTMLParser):
    """The elements of a page with the names of their attributes, and its words."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.words = Counter(), []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.elements[tag, *sorted(name for name, _value in attrs)] += 1

    def handle_data(self, data):
        self.words.append(data)


def test_has_the_whole_list():
    assert len(NAUGHTY) == 515


@pytest.mark.parametrize("part", range(5))
def test_a_report_comes_back_exactly_or_is_refused_by_its_field(program, district, part):
    sent = {
        str(new_id()): {"text": each} | {name: each for name, longest in LIMITS.items() if len(each) <= longest}
        for each in NAUGHTY[part::5]
    }

    answers = {id_: program.send("cases", {"id": id_, "x": 120.605, "y": 27.905, **body}) for id_, body in sent.items()}

    refused = {id_ for id_, answer in answers.items() if answer.status_code != 201}
    assert {id_: answers[id_].json()["errors"][0]["field"] for id_ in refused} == dict.fromkeys(refused, "text")
    seen = {each for id_ in refused for each in sent[id_]["text"] if category(each)[0] not in UNSEEN}
    assert not seen
    kept = {str(case.pk): (case.description, case.address) for case in Case.objects.all()}
    assert kept == {
        id_: (body["text"].strip(), body.get("address", "").strip()) for id_, body in sent.items() if id_ not in refused
    }


def test_a_note_comes_back_exactly(program, case):
    answers = {
        each: program.send(f"cases/{case.number}/notes", {"id": str(new_id()), "text": each}) for each in NAUGHTY
    }

    assert {each for each, answer in answers.items() if answer.status_code not in {201, 422}} == set()
    assert {each.strip() for each, answer in answers.items() if answer.status_code == 422} <= {""}
    taken = {each.strip() for each, answer in answers.items() if answer.status_code == 201}
    assert set(TimelineEntry.objects.filter(kind="note").values_list("text", flat=True)) == taken


@pytest.mark.parametrize("name", ["text", "area", "category", "unit", "status", "after", "order", "due_before"])
def test_a_filter_of_the_api_takes_or_refuses_it(program, district, name):
    statuses = {each: program.show("cases", **{name: each}).status_code for each in NAUGHTY}

    assert {each: status for each, status in statuses.items() if status not in {200, 422}} == {}


@pytest.mark.parametrize("name", ["q", "area", "category"])
def test_the_queue_searches_for_it(officer, case, name):
    plain = [
        *Skeleton(officer.get("/queue/", {name: PLAIN}).text).elements,
        *Skeleton(officer.get("/queue/", {"scope": "all"}).text).elements,  # with rows, which some words find
    ]

    pages = {each: officer.get("/queue/", {name: each}) for each in NAUGHTY[::7]}

    assert {each: page.status_code for each, page in pages.items() if page.status_code not in {200, 422}} == {}
    made = {each: set(Skeleton(page.text).elements) - set(plain) for each, page in pages.items() if each.strip()}
    assert {each: elements for each, elements in made.items() if page_is_touched(elements)} == {}


def page_is_touched(elements):
    """Tell whether an element is there that none of our pages has."""
    return any(
        name.startswith("on") or tag in {"script", "iframe", "svg", "img", "b", "plaintext"}
        for tag, *names in elements
        for name in [*names, ""]
    )


@pytest.mark.parametrize(
    "address", ["/cases/{}/", "/cases/{}/print/", "/c/{}/", "/queue/?scope=all", "/map/cases.json?box=120,27,121,28"]
)
@pytest.mark.parametrize("part", range(2))
def test_a_page_shows_it_and_is_not_made_of_it(officer, district, address, part):
    case = make_case(district, is_public=True)
    plain = set(Skeleton(officer.get(address.format(case.number)).text).elements)

    for group in groups(NAUGHTY[part::2], 26):
        text = "\n".join(group)
        Case.objects.filter(pk=case.pk).update(title=group[0][:120], address=group[-1][:200], description=text[:5000])
        page = officer.get(address.format(case.number))
        made = set(Skeleton(page.text).elements) - plain - {("br",), ("p",)}
        assert (page.status_code, made if "json" not in page["Content-Type"] else set()) == (200, set()), group
