"""A step on many cases as the desk takes it: the bar under the list, the preview, the report. All as plain forms."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import now

from onegrid.cases.models import Case, TimelineEntry
from onegrid.cases.public import accept_case
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.core.ids import new_id
from onegrid.core.pagination import PAGE_SIZE
from onegrid.workspace.models import Batch, Result
from onegrid.workspace.readers import queue
from onegrid.workspace.rules import batches as rules
from onegrid.workspace.web.forms import batch as form

pytestmark = pytest.mark.django_db


def tokens(*cases):
    return [f"{case.pk}:{case.version}" for case in cases]


def hidden(text, name):
    return re.findall(rf'name="{name}" value="([^"]*)"', text)


def sent(text, **also):
    """Return what the form of a preview would send."""
    fields = {name: hidden(text, name) for name in ("id", "action", "query", "shown", "case", "left")}
    return {**fields, "unit": "", "note": "", **also}


def preview(client, action, *cases, **also):
    return client.post("/batches/preview/", {"action": action, "case": tokens(*cases), "query": "?scope=all", **also})


@pytest.mark.parametrize(
    ("role", "status", "steps"),
    [("acceptor", Status.REPORTED, "accept"), ("dispatcher", Status.FILED, "dispatch"), ("handler", "handled", "")],
)
def test_the_list_lets_pick_what_many_can_take_at_once(as_, people, district, role, status, steps):
    case = make_case(district, status=status)

    text = as_(getattr(people, role)).get("/queue/?scope=all").text

    assert f'data-steps="{steps}"' in text
    assert f'value="{case.pk}:1" form="bulk"' in text


def test_nobody_picks_who_may_take_no_step(as_, people, district):
    make_case(district)

    text = as_(people.leader).get("/queue/?scope=all").text

    assert 'id="bulk"' not in text
    assert 'name="case"' not in text


@pytest.mark.queries(12)
def test_the_preview_says_what_happens_and_what_stays_and_writes_nothing(as_, people, district):
    goes, stays = make_case(district, status=Status.FILED), make_case(district)

    response = preview(as_(people.dispatcher), "dispatch", goes, stays)

    assert response.status_code == 200
    assert [one.number for one in response.context["plan"].moved] == [goes.number]
    assert "is not possible from there" in response.context["plan"].untouched[0].why_not
    assert "Roads" in response.text
    assert not Batch.objects.exists()


@pytest.mark.queries(60)
def test_what_the_preview_showed_is_done_and_reported(as_, people, district):
    client, cases = as_(people.dispatcher), [make_case(district, status=Status.FILED) for _ in range(2)]
    shown = preview(client, "dispatch", *cases).text

    response = client.post("/batches/", sent(shown, note="请尽快"))
    text = client.get(response.url).text

    assert response.status_code == 302
    assert {case.status for case in Case.objects.all()} == {Status.DISPATCHED}
    assert "Dispatch: 2 done, 0 refused" in text
    assert f"/cases/{cases[0].number}/?scope=all" in text
    assert "2 done, 0 refused" in client.get("/batches/").text


@pytest.mark.queries(60)
def test_a_second_click_leads_to_the_same_report(as_, people, district):
    client = as_(people.acceptor)
    data = sent(preview(client, "accept", make_case(district)).text)

    first, second = client.post("/batches/", data), client.post("/batches/", data)

    assert first.url == second.url
    assert Batch.objects.count() == 1


@pytest.mark.queries(60)
def test_the_report_says_who_was_quicker(as_, people, district):
    client, case = as_(people.acceptor), make_case(district)
    data = sent(preview(client, "accept", case).text)
    accept_case(case_id=case.pk, version=1, by=people.shift_lead, at=now())

    response = client.post("/batches/", data)

    assert people.shift_lead.display_name in client.get(response.url).text


def test_another_unit_is_shown_before_anything_goes_there(as_, people, district):
    client = as_(people.dispatcher)
    shown = preview(client, "dispatch", make_case(district, status=Status.FILED, category="passage")).text

    response = client.post("/batches/", sent(shown, unit="fire"))

    assert response.status_code == 200
    assert "You have changed where they go." in response.text
    assert [one.choice for one in response.context["plan"].moved] == ["fire"]
    assert not Batch.objects.exists()


def test_a_unit_that_there_is_not_is_said_at_its_field(as_, people, district):
    client = as_(people.dispatcher)
    shown = preview(client, "dispatch", make_case(district, status=Status.FILED)).text

    response = client.post("/batches/", sent(shown, unit="火星队"))

    assert response.status_code == 422
    assert "There is no such unit. Choose one from the list." in response.text


def test_a_return_asks_for_a_reason(as_, people, district):
    client = as_(people.handler)
    shown = preview(client, "return", make_case(district, status=Status.DISPATCHED)).text

    response = client.post("/batches/", sent(shown))

    assert response.status_code == 422
    assert "Say why they are not yours" in response.text
    assert "Choose why they are not yours" in response.text
    assert "Choose why they are not yours" not in shown
    assert Case.objects.get().status == Status.DISPATCHED


@pytest.mark.queries(60)
def test_a_return_says_why_as_a_code_too(as_, people, district):
    client = as_(people.handler)
    shown = preview(client, "return", make_case(district, status=Status.DISPATCHED)).text

    client.post("/batches/", sent(shown, code="private_property", note="是小区的"))

    assert TimelineEntry.objects.get(move="return").data["reason"] == "private_property"


@pytest.mark.queries(60)
def test_files_under_a_category_chosen_for_all(as_, people, district):
    client = as_(people.shift_lead)
    case = make_case(district, status=Status.ACCEPTED, category=None)
    first = preview(client, "file", case)
    again = client.post("/batches/preview/", sent(first.text, category="roads.lamp"))

    client.post("/batches/", sent(again.text, category="roads.lamp"))

    assert "It needs a category" in first.text
    assert Case.objects.get().category == district.categories.lamp


def test_takes_the_whole_list_and_not_only_its_page(as_, people, district):
    cases = [make_case(district) for _ in range(3)]

    response = preview(as_(people.acceptor), "accept", cases[0], whole="1")

    assert len(response.context["plan"].moved) == 3


def test_takes_the_first_of_a_list_that_holds_more_than_go_at_once(as_, people, district, monkeypatch):
    for module in (rules, form, queue):
        monkeypatch.setattr(module, "MOST_CASES", 2)
    cases = [make_case(district, reported_at=MORNING - timedelta(hours=n)) for n in range(PAGE_SIZE + 1)]
    client, order = as_(people.acceptor), "?scope=all&sort=newest"

    page = client.get(f"/queue/{order}").text
    shown = preview(client, "accept", cases[2], whole="1", query=order)
    again = client.post("/batches/preview/", sent(shown.text, beginning=hidden(shown.text, "beginning")))

    assert "the first 2 of the list, on its other pages too" in page
    assert "The first 2 of the list picked" in page
    for response in (shown, again):
        assert [one.number for one in response.context["plan"].moved] == [cases[0].number, cases[1].number]
        assert "These are the first 2 of the list" in response.text


def test_the_bar_says_all_where_all_of_a_list_goes_at_once(as_, people, district):
    for _ in range(PAGE_SIZE + 1):
        make_case(district)
    client = as_(people.acceptor)

    page = client.get("/queue/?scope=all").text
    shown = preview(client, "accept", whole="1").text

    assert "All of the list picked" in page
    assert "These are the first" not in shown


def test_refuses_more_than_go_at_once_in_words(as_, people, district, monkeypatch):
    monkeypatch.setattr(rules, "MOST_CASES", 2)
    cases = [make_case(district) for _ in range(3)]

    response = preview(as_(people.acceptor), "accept", *cases)

    assert response.status_code == 422
    assert "At most 2 cases go at once." in response.text


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"action": "explode", "case": "1:1"},
        {"action": "accept"},
        {"action": "accept", "case": "7:1"},
        {"action": "accept", "case": "0194f7a0-0000-7000-8000-000000000000:x"},
        {"action": "accept", "case": "<script>:1", "query": "?colour=red"},
    ],
)
@pytest.mark.parametrize("path", ["/batches/preview/", "/batches/"])
def test_answers_what_it_does_not_understand_in_words(as_, people, path, data):
    response = as_(people.acceptor).post(path, data)

    assert response.status_code == 422
    assert "<script>:" not in response.text


def test_a_report_is_its_owners_alone(as_, people, district):
    batch = Batch.objects.create(action="accept", by=people.shift_lead, asked_hash="", created_at=now(), begun_at=now())
    client = as_(people.acceptor)

    assert client.get(f"/batches/{batch.pk}/").status_code == 404
    assert client.post(f"/batches/{batch.pk}/resume/").status_code == 404
    assert client.get(f"/batches/{new_id()}/").status_code == 404


@pytest.mark.queries(60)
def test_what_was_cut_off_is_carried_on_from_its_report(as_, people, district):
    client, case = as_(people.acceptor), make_case(district)
    begun = now() - rules.PATIENCE
    batch = Batch.objects.create(action="accept", by=people.acceptor, asked_hash="", created_at=begun, begun_at=begun)
    batch.items.create(position=0, case=case, named=case.number, version=1)

    before = client.get(f"/batches/{batch.pk}/").text
    after = client.get(client.post(f"/batches/{batch.pk}/resume/").url).text

    assert "Go on with the rest" in before
    assert "Accept: 1 done, 0 refused" in after
    assert batch.items.get().result == Result.DONE


def test_the_report_hides_the_title_of_what_one_may_not_see_any_more(as_, people, district):
    case = make_case(district, grid=district.areas.elsewhere, title="别处的事")
    batch = Batch.objects.create(action="accept", by=people.acceptor, asked_hash="", created_at=now(), begun_at=now())
    batch.items.create(position=0, case=case, named=case.number, version=1, result=Result.DONE)

    text = as_(people.acceptor).get(f"/batches/{batch.pk}/").text

    assert case.number in text
    assert "别处的事" not in text


@pytest.mark.parametrize("query", ["?nope=1", "?scope=all&sort=gone", "?status=gone", "?q=%00"])
def test_a_whole_list_that_is_not_understood_is_no_other_list(as_, people, district, query):
    make_case(district)

    response = preview(as_(people.acceptor), "accept", whole="1", query=query)

    assert response.status_code == 422
    assert "plan" not in response.context
