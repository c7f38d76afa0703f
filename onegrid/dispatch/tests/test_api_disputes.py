"""Dockets and rules made of them, for programs: the way from "not ours" to a rule, and the lists page by page."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from onegrid.accounts.tests.callers import Program
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.core.pagination import PAGE_SIZE
from onegrid.dispatch.models import Argument, Dispute, RoutingRule
from onegrid.dispatch.tests.dockets import make_docket

pytestmark = pytest.mark.django_db

OURS_NOT = {"reason": "not_our_task", "words": "疏散通道的灯", "claimed": "fire"}
RULE = {
    "category": "roads.lamp",
    "area": "330304010",
    "lead": "fire",
    "opens_on": "2100-01-01",
    "reason": "疏散通道归消防",
}


@pytest.fixture
def disputed(district, people):
    case = make_case(district, status=Status.DISPUTED, category="lamp", holder_unit=district.units.centre)
    make_docket(case, unit=district.units.roads, claimed=district.units.fire, by=people.handler)
    case.hearings.create(unit=district.units.fire, began_at=MORNING)
    return case


@pytest.fixture
def decided(district, people):
    case = make_case(district, status=Status.DISPATCHED, category="lamp", lead_unit=district.units.fire)
    return make_docket(
        case, unit=district.units.roads, by=people.handler, decided_at=MORNING, decided_by=people.coordinator,
        decided_by_name="林疏影", decided_unit=district.units.fire, ruling="小区内的归消防",
    )  # fmt: skip


@pytest.fixture
def district_desk(people):
    return Program(people.coordinator)


@pytest.mark.queries(35)  # a move of a case, its docket with two units, and the idempotency key
def test_a_unit_disputes_the_version_it_saw(people, district):
    case = make_case(district, status=Status.IN_PROGRESS, category="lamp")

    response = Program(people.handler).send(f"cases/{case.number}/disputes", OURS_NOT, **{"If-Match": '"1"'})

    assert (response.status_code, response["ETag"]) == (201, '"2"')
    opened = response.json()
    assert (opened["case"], opened["number"], opened["unit"], opened["claimed"]) == (case.number, 1, "roads", "fire")
    assert (opened["words"], opened["decided_at"]) == ("疏散通道的灯", None)


def test_a_named_unit_argues_with_a_photo_that_is_there(people, disputed, a_photo):
    said = {"text": "不在通道里", "evidence": str(a_photo(disputed).pk)}

    response = Program(people.fireman).send(f"cases/{disputed.number}/arguments", said)

    assert response.status_code == 201
    assert Argument.objects.get().text == "不在通道里"
    assert (response.json()["unit"], response.json()["evidence"]) == ("fire", said["evidence"])


def test_the_district_lets_another_unit_have_a_say_and_saying_it_twice_changes_nothing(district_desk, disputed):
    first, again = (district_desk.send(f"cases/{disputed.number}/invitations", {"unit": "chashan-grids"}) for _ in "ab")

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json() == {"unit": "chashan-grids", "role": "invited"}


@pytest.mark.queries(35)  # a move of a case, the docket that is decided, and the idempotency key
def test_the_district_decides_for_the_other(district_desk, disputed):
    decision = {"version": 1, "lead": "fire", "ruling": "疏散通道归消防"}

    response = district_desk.send(f"cases/{disputed.number}/decisions", decision)

    assert (response.status_code, response["ETag"]) == (201, '"2"')
    assert (response.json()["decided_unit"], response.json()["ruling"]) == ("fire", "疏散通道归消防")
    disputed.refresh_from_db()
    assert (disputed.status, disputed.lead_unit.code) == (Status.DISPATCHED, "fire")


@pytest.mark.queries(10)
def test_a_docket_is_read_with_what_was_said_in_it(district_desk, people, disputed, district):
    dispute = Dispute.objects.get(case=disputed)
    dispute.arguments.create(
        unit=district.units.fire, by_user=people.fireman, by_name="陆行舟", text="归养护", at=MORNING
    )

    shown = district_desk.show(f"cases/{disputed.number}/disputes/1").json()

    assert (shown["id"], shown["version"]) == (str(dispute.pk), 1)
    assert shown["parties"] == [{"unit": "roads", "role": "disputes"}, {"unit": "fire", "role": "claimed"}]
    assert [(each["unit"], each["text"], each["by"]) for each in shown["arguments"]] == [("fire", "归养护", "陆行舟")]


@pytest.mark.queries(8)
def test_the_dockets_of_a_case_are_listed(district_desk, disputed):
    listed = district_desk.show(f"cases/{disputed.number}/disputes").json()

    assert [(each["number"], each["reason"]) for each in listed["disputes"]] == [(1, "not_our_task")]


@pytest.mark.queries(8)
def test_open_dockets_come_page_by_page_soonest_due_first_and_those_without_a_limit_last(
    district_desk, district, people
):
    dues = [MORNING + timedelta(hours=place) for place in range(PAGE_SIZE)] + [MORNING, None, None]
    for due_at in reversed(dues):
        case = make_case(district, status=Status.DISPUTED, category="lamp", stage_due_at=due_at)
        make_docket(case, unit=district.units.roads, by=people.handler, due_at=MORNING - timedelta(days=1))

    first = district_desk.show("disputes").json()
    second = district_desk.show("disputes", after=first["next_after"]).json()

    shown = [each["due_at"] for page in (first, second) for each in page["disputes"]]
    assert (len(first["disputes"]), len(second["disputes"]), second["next_after"]) == (PAGE_SIZE, 3, "")
    assert shown == [*sorted(due for due in shown if due), None, None]
    assert len({each["id"] for page in (first, second) for each in page["disputes"]}) == len(dues)


def test_a_page_may_end_among_those_without_a_limit(district_desk, district, people):
    for _ in range(PAGE_SIZE + 2):
        case = make_case(district, status=Status.DISPUTED, category="lamp", stage_due_at=None)
        make_docket(case, unit=district.units.roads, by=people.handler)

    first = district_desk.show("disputes").json()
    second = district_desk.show("disputes", after=first["next_after"]).json()

    assert len({each["id"] for page in (first, second) for each in page["disputes"]}) == PAGE_SIZE + 2


@pytest.mark.parametrize("path", ["disputes", "disputes/decided"])
def test_a_place_that_is_none_of_a_list_is_refused_at_its_field(district_desk, path):
    response = district_desk.show(path, after="WyJ4Il0")

    assert response.status_code == 422
    assert [fault["field"] for fault in response.json()["errors"]] == ["after"]


@pytest.mark.queries(8)
def test_precedents_are_found_by_a_category_above(district_desk, decided):
    found = district_desk.show("disputes/decided", category="roads").json()["disputes"]
    others = district_desk.show("disputes/decided", category="fire").json()["disputes"]

    assert [(each["id"], each["decided_by"], each["ruling"]) for each in found] == [
        (str(decided.pk), "林疏影", "小区内的归消防")
    ]
    assert others == []


@pytest.mark.queries(10)
def test_a_preview_says_who_would_have_gone_where_and_makes_nothing(district_desk, decided, district):
    make_case(
        district,
        status=Status.DISPATCHED,
        category="lamp",
        lead_unit=district.units.roads,
        at=now() - timedelta(days=3),
    )

    shown = district_desk.send("routing/rule-previews", {**RULE, "dispute": str(decided.pk)}).json()

    assert shown["shifts"] == [{"unit": "roads", "to": "fire", "cases": 1}]
    assert (shown["moved"], shown["elsewhere"]) == (1, 0)
    assert not RoutingRule.objects.exists()


@pytest.mark.queries(20)
def test_a_rule_is_made_listed_with_its_precedent_and_ended(district_desk, decided):
    made = district_desk.send("routing/rules", {**RULE, "dispute": str(decided.pk)})
    listed = district_desk.show("routing/rules").json()["rules"]
    ended = district_desk.send(f"routing/rules/{made.json()['code']}/ending", {"reason": "职责已调整"})

    assert (made.status_code, ended.status_code) == (201, 200)
    assert listed == [made.json()]
    assert (listed[0]["case"], listed[0]["docket"], listed[0]["closes_on"]) == (decided.case.number, 1, None)
    assert ended.json()["closes_on"] == "2100-01-01"
