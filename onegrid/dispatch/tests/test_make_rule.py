"""A decision becomes a routing rule: who may, what it may say, what it then does, and how it ends."""

from datetime import date, timedelta

import pytest

from onegrid.accounts.models import Role
from onegrid.cases.public import Status
from onegrid.cases.tests.factories import MORNING, make_case, with_duty
from onegrid.catalogue.public import catalogue
from onegrid.core.errors import InvalidInputError, NotAllowedError
from onegrid.dispatch.models import RoutingRule
from onegrid.dispatch.public import (
    DisputeNotFoundError,
    Proposal,
    RuleHasEndedError,
    RuleNotFoundError,
    RulePlan,
    decide_dispute,
    end_rule,
    make_rule,
    preview_rule,
    replace_rules,
    route,
    routing_rules,
)
from onegrid.dispatch.tests.dockets import make_docket
from onegrid.oversight.models import Entry
from onegrid.oversight.public import Actor

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
LATER = MORNING + timedelta(days=30)


@pytest.fixture
def decided(district, people):
    case = make_case(district, status=Status.DISPUTED, category="lamp", lead_unit=district.units.roads)
    make_docket(case, unit=district.units.roads, claimed=district.units.fire, by=people.handler)
    return decide_dispute(
        case_id=case.pk, version=1, lead_code="fire", ruling="消防管", by=people.coordinator, at=MORNING
    )


def proposal(**also):
    values = {"category_code": "roads.lamp", "area_code": "330304010", "lead": "fire", "opens_on": TODAY}
    return Proposal(**{**values, "reason": "疏散通道的路灯归消防。", **also})


def goes_to(district, *, at=LATER, grid=None):
    category = catalogue().by_code["roads.lamp"]
    path = (grid or district.areas.grid).path
    return route(category=category, area_path=path, level="township", at=at)


def test_cases_of_its_kind_are_suggested_to_go_there_from_its_day_on(decided, people, district):
    make_rule(
        dispute_id=decided.pk, proposal=proposal(opens_on=TODAY + timedelta(days=7)), by=people.coordinator, at=MORNING
    )

    assert goes_to(district, at=MORNING).lead.code == "roads"
    found = goes_to(district)
    assert (found.lead.code, found.reason) == ("fire", "疏散通道的路灯归消防。")
    assert (found.rule.precedent.case_number, found.rule.precedent.docket) == (decided.case.number, 1)
    assert goes_to(district, grid=district.areas.elsewhere).lead.code == "roads"


def test_a_function_finds_the_nearest_everywhere(decided, people, district):
    make_rule(dispute_id=decided.pk, proposal=proposal(area_code="", lead="@fire"), by=people.coordinator, at=MORNING)

    assert goes_to(district, grid=district.areas.elsewhere).lead.code == "wutian-fire"


def test_goes_before_a_rule_of_the_pack_that_says_the_same(decided, people, district):
    replace_rules(rules=[a_plan()], by=Actor("operator"), at=MORNING)

    make_rule(dispute_id=decided.pk, proposal=proposal(), by=people.coordinator, at=MORNING)

    assert goes_to(district).lead.code == "fire"


def a_plan(**also):
    values = {"level": "", "weekdays": [], "from_time": None, "to_time": None, "closes_on": None, "support": []}
    return RulePlan(
        code="lamps", category_code="roads.lamp", area_code="330304010", opens_on=date(2024, 1, 1), lead="roads",
        reason="养护", reason_en="Upkeep", **values,
    )  # fmt: skip


def test_the_next_load_of_a_pack_leaves_it_as_it_is(decided, people, district):
    made = make_rule(dispute_id=decided.pk, proposal=proposal(), by=people.coordinator, at=MORNING)

    replace_rules(rules=[a_plan()], by=Actor("operator"), at=LATER)
    replace_rules(rules=[], by=Actor("operator"), at=LATER)

    assert list(RoutingRule.objects.all()) == [made]
    assert goes_to(district).lead.code == "fire"


@pytest.mark.parametrize(
    ("also", "field"),
    [
        ({"category_code": "fire"}, "category"),
        ({"category_code": "roads.manhole"}, "category"),
        ({"area_code": "330304002"}, "area"),
        ({"area_code": ""}, "area"),
        ({"lead": "roads"}, "lead"),
        ({"lead": "@roads"}, "lead"),
        ({"opens_on": TODAY - timedelta(days=1)}, "opens_on"),
        ({"reason": " "}, "reason"),
        ({"reason": "长" * 201}, "reason"),
    ],
)
def test_what_a_decision_does_not_bear_is_refused_at_its_field(decided, people, also, field):
    with pytest.raises(InvalidInputError) as refusal:
        make_rule(dispute_id=decided.pk, proposal=proposal(**also), by=people.coordinator, at=MORNING)

    assert list(refusal.value.fields) == [field]
    assert not RoutingRule.objects.exists()


def test_what_is_still_open_becomes_no_rule(district, people):
    case = make_case(district, status=Status.DISPUTED, category="lamp")
    dispute = make_docket(case, unit=district.units.roads, by=people.handler)

    with pytest.raises(InvalidInputError):
        make_rule(dispute_id=dispute.pk, proposal=proposal(), by=people.coordinator, at=MORNING)


@pytest.mark.parametrize("role", [Role.DISPATCHER, Role.SHIFT_LEAD, Role.UNIT_HEAD])
def test_nobody_below_the_district_makes_one(decided, district, role):
    officer = with_duty(role, unit=district.units.chashan_centre)

    with pytest.raises(NotAllowedError):
        preview_rule(dispute_id=decided.pk, proposal=proposal(), by=officer, at=MORNING)


def test_a_docket_that_is_not_there_is_not_found(people, filed):
    with pytest.raises(DisputeNotFoundError):
        preview_rule(dispute_id=filed.pk, proposal=proposal(), by=people.coordinator, at=MORNING)


def test_it_is_in_the_trail_with_its_docket(decided, people):
    rule = make_rule(dispute_id=decided.pk, proposal=proposal(), by=people.coordinator, at=MORNING)

    entry = Entry.objects.get(code="dispatch.rule-made")
    assert (entry.target, entry.data["dispute"]) == (f"dispatch.RoutingRule:{rule.pk}", str(decided.pk))


def test_it_can_be_ended_and_stays_readable(decided, people, district):
    rule = make_rule(dispute_id=decided.pk, proposal=proposal(), by=people.coordinator, at=MORNING)

    end_rule(code=rule.code, reason="职责已调整", by=people.coordinator, at=LATER)

    assert goes_to(district, at=LATER - timedelta(days=1)).lead.code == "fire"
    assert goes_to(district).lead.code == "roads"
    assert [each.code for each in routing_rules(by=people.coordinator)] == [rule.code]
    assert Entry.objects.get(code="dispatch.rule-ended").data["reason"] == "职责已调整"


def test_one_that_was_to_begin_later_never_holds(decided, people, district):
    opens_on = TODAY + timedelta(days=60)
    rule = make_rule(dispute_id=decided.pk, proposal=proposal(opens_on=opens_on), by=people.coordinator, at=MORNING)

    ended = end_rule(code=rule.code, reason="不用了", by=people.coordinator, at=LATER)

    assert ended.closes_on == opens_on
    assert goes_to(district, at=MORNING + timedelta(days=90)).lead.code == "roads"


def test_ending_twice_conflicts(decided, people):
    rule = make_rule(dispute_id=decided.pk, proposal=proposal(), by=people.coordinator, at=MORNING)
    end_rule(code=rule.code, reason="职责已调整", by=people.coordinator, at=LATER)

    with pytest.raises(RuleHasEndedError):
        end_rule(code=rule.code, reason="再来", by=people.coordinator, at=LATER)


@pytest.mark.parametrize("also", [{"reason": " "}, {"closes_on": TODAY}])
def test_an_end_without_reason_or_in_the_past_is_refused(decided, people, also):
    rule = make_rule(dispute_id=decided.pk, proposal=proposal(), by=people.coordinator, at=MORNING)

    with pytest.raises(InvalidInputError):
        end_rule(code=rule.code, by=people.coordinator, at=LATER, **{"reason": "职责已调整", **also})


def test_a_rule_of_the_pack_is_ended_by_its_pack(people):
    replace_rules(rules=[a_plan()], by=Actor("operator"), at=MORNING)

    with pytest.raises(RuleNotFoundError):
        end_rule(code="lamps", reason="不要了", by=people.coordinator, at=LATER)


def test_a_handler_does_not_read_the_table(people):
    with pytest.raises(NotAllowedError):
        routing_rules(by=people.handler)
