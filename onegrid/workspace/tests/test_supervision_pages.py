"""Supervision orders and nudges on the screens: chips, the list of what to answer, and the forms."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import override

from onegrid.cases.models import Report, SupervisionOrder
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import make_case, make_order, make_request, make_task
from onegrid.units.public import Counting
from onegrid.workspace.readers.supervision import waiting_orders
from onegrid.workspace.readers.tasks import open_tasks

pytestmark = [pytest.mark.django_db, pytest.mark.queries(40)]


@pytest.fixture
def handled(district):
    """A case that a unit took a moment ago."""
    at = now()
    return make_case(district, status=Status.IN_PROGRESS, category="lamp", at=at, stage_due_at=at + timedelta(hours=24))


@pytest.fixture
def given(district, people, handled):
    """An order that the leader gave a moment ago."""
    return make_order(district, handled, by=people.leader, at=now())


def address(case, name):
    return reverse("workspace:step", args=[case.number, name])


def page_of(client, case, name="case"):
    return client.get(reverse(f"workspace:{name}", args=[case.number])).text


def test_a_leader_gives_an_order_in_place(as_, people, handled):
    client = as_(people.leader)

    shown = client.get(address(handled, "order"))
    response = client.post(address(handled, "order"), {"version": 1, "kind": "important", "text": "何时能好？"})

    assert (shown.status_code, response.status_code) == (200, 302)
    assert SupervisionOrder.objects.get().text == "何时能好？"
    assert "Overdue" not in shown.text.split('id="step"')[1].split("</section>")[0]


@pytest.mark.parametrize("sent", [{"kind": "overdue", "text": "何时？"}, {"kind": "leader", "text": ""}, {}])
def test_what_is_wrong_is_said_and_nothing_is_kept(as_, people, handled, sent):
    response = as_(people.leader).post(address(handled, "order"), {"version": 1, **sent})

    assert response.status_code == 422
    assert not SupervisionOrder.objects.exists()


@pytest.mark.parametrize("name", ["case", "preview"])
def test_an_order_has_its_chip_on_the_case_and_beside_the_list(as_, people, handled, given, name):
    page = page_of(as_(people.handler), handled, name)

    assert "Asked for by a leader" in page
    assert given.due_at.isoformat()[:19] in page


def test_the_unit_answers(as_, people, handled, given):
    client = as_(people.head)

    shown = client.get(address(handled, "answer-order"))
    sent = {"version": 1, "order": str(given.pk), "answer": "明天装"}
    response = client.post(address(handled, "answer-order"), sent)

    assert (shown.status_code, response.status_code) == (200, 302)
    page = page_of(client, handled)
    assert "Supervision order answered: Asked for by a leader" in page
    assert address(handled, "answer-order") not in page


def test_a_late_answer_says_so_in_the_timeline(as_, people, handled, given):
    SupervisionOrder.objects.update(ordered_at=now() - timedelta(days=3), due_at=now() - timedelta(days=1))
    client = as_(people.handler)
    client.post(address(handled, "answer-order"), {"version": 1, "order": str(given.pk), "answer": "明天装"})

    assert "Supervision order answered: Asked for by a leader, late" in page_of(client, handled)


def test_whoever_is_above_withdraws(as_, people, handled, given):
    sent = {"version": 1, "order": str(given.pk), "reason": "已说明"}

    response = as_(people.shift_lead).post(address(handled, "withdraw-order"), sent)

    assert response.status_code == 302
    given.refresh_from_db()
    assert given.withdrawn_by == people.shift_lead


def test_nothing_to_answer_is_not_offered(as_, people, handled):
    page = page_of(as_(people.handler), handled)

    assert address(handled, "answer-order") not in page
    assert address(handled, "order") not in page


@pytest.mark.parametrize(
    ("who", "is_listed", "mark"), [("handler", True, ""), ("leader", True, "given by you"), ("fireman", False, "")]
)
def test_what_is_to_be_answered_is_listed(as_, people, handled, given, who, is_listed, mark):
    page = as_(getattr(people, who)).get(reverse("workspace:supervision_orders")).text

    assert (handled.number in page) is is_listed
    assert mark in page


def test_it_is_counted_in_the_navigation(as_, people, handled, given):
    page = as_(people.handler).get(reverse("workspace:queue")).text

    assert 'data-count="orders">1<' in page


@pytest.mark.parametrize("name", ["case", "preview"])
def test_nudges_are_counted_for_the_officer(as_, people, handled, name):
    Report.objects.update(nudge_count=2, nudged_at=now())

    assert "Nudges 2" in page_of(as_(people.handler), handled, name)


def test_what_waits_for_ones_decision_is_one_click_from_the_queue(as_, people, district, handled):
    make_request(district, handled.pk, by=people.handler, due_at=None)

    page = as_(people.shift_lead).get(reverse("workspace:queue")).text

    assert "1 request for time waits for you" in page
    assert "request for time waits" not in as_(people.head).get(reverse("workspace:queue")).text


@pytest.fixture
def counted(district, handled, people):
    """A task and an order of one working hour each, given on a Friday half an hour before everybody goes home."""
    friday = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
    own = {"at": friday, "hours": 1, "counting": Counting.WORKING_HOURS, "due_at": friday + timedelta(hours=64)}
    make_task(district, handled, by=people.dispatcher, **own)
    return make_order(district, handled, by=people.leader, **own)


def test_badges_of_tasks_and_orders_say_what_is_left_of_the_time_that_counts(counted, people):
    saturday, monday = counted.ordered_at + timedelta(hours=20), counted.ordered_at + timedelta(hours=64, minutes=20)

    with override("en"):
        orders = [waiting_orders(people.handler, at=at)[0].order.clock for at in (saturday, monday)]
        tasks = [open_tasks(people.fireman, at=at)[0].task.clock for at in (saturday, monday)]

    said = ["30 min of working time left", "20 min of working time late"]
    assert [each.text for each in orders] == [each.text for each in tasks] == said
    assert [each.light for each in orders] == [each.light for each in tasks] == ["g", "r"]
    assert {each.counts.split()[0] for each in (*orders, *tasks)} == {"working_hours"}
