"""What helps to triage: similar open cases, suggested categories, and that neither is applied by itself."""

import re

import pytest
from django.urls import reverse

from onegrid.cases.models import Case
from onegrid.cases.states import Move, Status
from onegrid.cases.tests.factories import make_case

pytestmark = pytest.mark.django_db
PLACE = {"lon": "120.605", "lat": "27.905", "system": "wgs84"}


def address(case, name):
    return reverse("workspace:step", args=[case.number, name])


@pytest.mark.parametrize(
    ("role", "name", "status"), [("acceptor", "accept", Status.REPORTED), ("shift_lead", "file", Status.ACCEPTED)]
)
def test_similar_cases_stand_in_the_step_with_the_reason_and_what_to_do(as_, people, district, role, name, status):
    case, other = make_case(district, status=status), make_case(district)

    text = as_(getattr(people, role)).get(address(case, name)).text

    assert "0 m away · same kind · shares 井盖" in text
    assert f"{address(case, 'merge')}?near={other.number}#step" in text
    assert f"{address(case, 'link')}?near={other.number}#step" in text


def test_the_nearest_case_stands_open_and_the_others_are_folded(as_, people, district):
    case, *others = [make_case(district, status=Status.ACCEPTED) for _ in range(4)]

    text = as_(people.shift_lead).get(address(case, "file")).text

    first, folded = text.split('<details class="nr-more"><summary>2 more</summary>')
    assert [first.count(f">{other.number}<") + folded.count(f">{other.number}<") for other in others] == [1, 1, 1]
    assert first.count("&amp;near=") + first.count("?near=") == 2


def test_one_click_leads_to_merging_with_the_case_chosen_and_nothing_done(as_, people, district):
    case, other = make_case(district), make_case(district)

    text = as_(people.acceptor).get(f"{address(case, 'merge')}?near={other.number}").text

    assert re.search(rf'name="near" value="{other.number}" checked', text)
    case.refresh_from_db()
    assert case.status == Status.REPORTED


@pytest.mark.parametrize("near", ["", "nonsense", "<script>", "OG-000000-000000"])
def test_a_link_that_names_no_case_chooses_none(as_, people, district, near):
    case = make_case(district)
    make_case(district)

    response = as_(people.acceptor).get(address(case, "merge"), {"near": near})

    assert response.status_code == 200
    assert 'name="near" checked' not in response.text
    assert "<script>" not in response.text.partition('id="step"')[2].partition("</section>")[0]


def test_suggestions_are_shown_with_the_reason_and_none_is_chosen(as_, people, district):
    case = make_case(district, status=Status.ACCEPTED, category=None)

    text = as_(people.shift_lead).get(address(case, "file")).text
    kinds = text.partition('id="kinds"')[2].partition("</div>")[0]

    assert "Suggested" in kinds
    assert "because of: 井盖" in kinds
    assert "checked" not in kinds


def test_without_a_choice_no_suggestion_is_filed(as_, people, district):
    case = make_case(district, status=Status.ACCEPTED, category=None)

    response = as_(people.shift_lead).post(address(case, "file"), {"version": 1})

    case.refresh_from_db()
    assert response.status_code == 422
    assert (case.status, case.category) == (Status.ACCEPTED, None)


def test_a_new_case_without_a_choice_gets_no_category(as_, people):
    data = {**PLACE, "id": "0192e4a0-0000-7000-8000-000000000001", "opened_at": "2026-11-23T09:00:00+08:00"}

    as_(people.acceptor).post("/cases/new/", {**data, "text": "井盖破损", "channel": "phone"})

    assert Case.objects.get().category is None


def test_filing_keeps_what_was_suggested_beside_what_was_chosen(as_, people, district):
    case = make_case(district, status=Status.ACCEPTED, category=None)

    as_(people.shift_lead).post(address(case, "file"), {"version": 1, "category": "roads.lamp"})

    data = case.timeline.get(move=Move.FILE).data
    assert data["category"] == "roads.lamp"
    assert data["suggested"] == {"by": "catalogue", "codes": ["roads.manhole"], "shares": [None]}


def test_a_draft_shows_what_is_near_and_which_categories_fit(as_, people, district):
    other = make_case(district)

    text = as_(people.acceptor).post("/cases/draft/", {**PLACE, "text": "井盖坏了", "category": "roads.lamp"}).text

    assert other.number in text
    assert "same group · shares 井盖" in text
    assert 'id="kinds" hx-swap-oob="true"' in text
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    "place",
    [{}, {"lon": "", "lat": ""}, {"lon": "x", "lat": "1"}, {"lon": "nan", "lat": "inf"}, {"lon": "0", "lat": "0"},
     {"lon": "10", "lat": "10"}, {**PLACE, "system": "moon"}],
)  # fmt: skip
def test_a_draft_without_a_place_of_the_district_is_no_error(as_, people, place):
    response = as_(people.acceptor).post("/cases/draft/", {**place, "text": "\x00<b>井盖"})

    assert response.status_code == 200
    assert "once the place is known" in response.text


def test_who_may_not_register_cases_gets_no_draft(as_, people):
    assert as_(people.leader).post("/cases/draft/", PLACE).status_code == 403


def test_the_form_of_a_new_case_shows_them_without_script_too(as_, people, district):
    other = make_case(district)
    sent = {**PLACE, "text": "井盖坏了", "_search": "1", "id": "", "opened_at": "", "channel": "phone"}

    text = as_(people.acceptor).post("/cases/new/", sent).text

    assert other.number in text
    assert "because of: 井盖" in text


@pytest.mark.parametrize("find", ["", "井盖"])
def test_no_list_takes_a_choice_away(as_, people, find):
    sent = {**PLACE, "text": "井盖坏了", "find": find, "category": "roads.lamp"}

    text = as_(people.acceptor).post("/cases/draft/", sent).text

    assert re.search(r'name="category" value="roads.lamp" checked', text)


def test_searching_for_a_category_keeps_the_one_that_was_chosen(as_, people):
    text = as_(people.acceptor).get("/cases/categories/", {"find": "井盖", "category": "roads.lamp"}).text

    assert re.search(r'name="category" value="roads.lamp" checked', text)
