"""Reply templates at the desk: offered in the form of a step, kept on a page of their own."""

import pytest
from django.urls import reverse
from django.utils.timezone import now

from onegrid.accounts.models import Role
from onegrid.cases.models import ReplyStep, ReplyTemplate
from onegrid.cases.public import ReplyWords, write_reply
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import make_case, with_duty
from onegrid.core.ids import new_id

pytestmark = pytest.mark.django_db
STEPS = [
    ("acceptor", "accept", Status.REPORTED),
    ("acceptor", "refuse", Status.REPORTED),
    ("handler", "return", Status.IN_PROGRESS),
    ("handler", "report-back", Status.IN_PROGRESS),
    ("shift_lead", "close", Status.VERIFIED),
]


@pytest.fixture
def chief(district):
    return with_duty(Role.SHIFT_LEAD, unit=district.units.centre, name="区值班长")


def write(by, step, **also):
    words = ReplyWords(**{"step": step, "name": "一段话", "text": "编号 {number}", **also})
    return write_reply(reply_id=new_id(), words=words, by=by, at=now())


@pytest.mark.parametrize(("role", "name", "status"), STEPS)
def test_is_offered_in_the_step_and_put_into_its_text_without_script(as_, people, district, chief, role, name, status):
    case, client = make_case(district, status=status), as_(getattr(people, role))
    kept = write(chief, ReplyStep(name.replace("-", "_")))
    address = reverse("workspace:step", args=[case.number, name])
    field = {"return": "reason", "report-back": "result"}.get(name, "note")

    offered = client.get(address)
    inserted = client.post(address, {"version": 1, "_reply": "1", "reply": kept.pk, field: "先说一句"})

    assert f'data-text="编号 {case.number}"' in offered.text
    assert inserted.status_code == 200
    assert inserted.context["form"][field].value() == f"先说一句\n编号 {case.number}"
    assert case.timeline.count() == 0


def test_what_is_not_offered_is_not_put_in(as_, people, district, chief):
    case, other = make_case(district), write(chief, ReplyStep.CLOSE)
    address = reverse("workspace:step", args=[case.number, "accept"])

    response = as_(people.acceptor).post(address, {"version": 1, "_reply": "1", "reply": other.pk, "note": "原话"})

    assert response.context["form"]["note"].value() == "原话"


def test_a_step_without_templates_shows_no_choice(as_, people, district, chief):
    write(chief, ReplyStep.CLOSE)

    response = as_(people.acceptor).get(reverse("workspace:step", args=[make_case(district).number, "accept"]))

    assert "f_reply" not in response.text


def test_is_written_changed_and_given_up_by_the_head_of_a_unit(as_, people, district):
    client, address = as_(people.head), f"/replies/{new_id()}/"
    data = {"step": "report_back", "unit": district.units.roads.pk, "name": "修好了", "text": "{place}已修好。"}

    fresh = client.get(address)
    client.post(address, data)
    client.post(address, {**data, "text": "{place}修好了。", "category": "roads.lamp"})
    listed = client.get("/replies/").text
    client.post(f"{address}retire/")

    assert "Text in English" in fresh.text
    assert "the whole district" not in fresh.text
    assert "{place}修好了。" in listed
    kept = ReplyTemplate.objects.get()
    assert (kept.category_code, kept.unit, kept.changed_by) == ("roads.lamp", district.units.roads, people.head)
    assert kept.ended_at


def test_says_at_the_field_what_is_no_placeholder(as_, people, district):
    data = {"step": "return", "unit": district.units.roads.pk, "name": "不归我们", "text": "{nmber}"}

    response = as_(people.head).post(f"/replies/{new_id()}/", data)

    assert response.status_code == 422
    assert "{nmber} is not a placeholder." in response.text


@pytest.mark.parametrize("data", [{}, {"step": "return", "unit": "7"}, {"step": "explode", "name": "<b>", "text": "x"}])
def test_answers_what_it_does_not_understand_with_the_form(as_, people, data):
    assert as_(people.head).post(f"/replies/{new_id()}/", data).status_code == 422


def test_lists_those_of_the_district_without_letting_them_be_changed(as_, people, chief):
    kept = write(chief, ReplyStep.ACCEPT)

    response = as_(people.shift_lead).get("/replies/")

    assert "编号 {number}" in response.text
    assert f"/replies/{kept.pk}/" not in response.text


@pytest.mark.parametrize("path", ["/replies/", "/replies/0194f7a0-0000-7000-8000-000000000000/"])
def test_is_closed_to_those_who_write_none(as_, people, path):
    assert as_(people.acceptor).get(path).status_code == 403
