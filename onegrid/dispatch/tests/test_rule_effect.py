"""What a rule made of a decision would have changed, against every case reckoned one by one."""

import random
from datetime import date, time, timedelta

import pytest
from django.utils.timezone import localtime

from onegrid.cases.models import Case
from onegrid.cases.public import Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.catalogue.public import catalogue
from onegrid.core.snapshots import bump
from onegrid.dispatch.models import RoutingRule
from onegrid.dispatch.readers.routing import SNAPSHOT, deciding, first_level, rules_for
from onegrid.dispatch.readers.rule_effect import effect_of
from onegrid.dispatch.rules.routing import Matter, Precedent, Rule, ranked
from onegrid.geography.public import Level
from onegrid.units.public import directory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
PRECEDENT = Precedent(case_number="OG-261124-000001", docket=1, made_at=MORNING)


def new_rule(**also):
    return Rule(code="", reason="消防通道归消防", precedent=PRECEDENT, **{"category_code": "roads.lamp", **also})


def pack_rule(code, **also):
    values = {"category_code": "roads.lamp", "lead": "roads", "reason": "养护", "reason_en": "Upkeep"}
    RoutingRule.objects.create(code=code, opens_on=date(2024, 1, 1), **{**values, **also})
    bump(SNAPSHOT)


def many_cases(district, count=60):
    draw = random.Random(7)  # noqa: S311 — the same cases every time
    grids = [district.areas.grid, district.areas.beside, district.areas.elsewhere]
    for _ in range(count):
        at = MORNING - timedelta(days=draw.randrange(400), minutes=draw.randrange(1440))
        make_case(
            district,
            status=draw.choice([Status.DISPATCHED, Status.CLOSED]),
            category=draw.choice(["lamp", "lamp", "manhole", "passage"]),
            grid=draw.choice(grids),
            at=at,
            lead_unit=draw.choice([district.units.roads, district.units.fire, district.units.wutian_fire]),
        )


def one_by_one(rule, *, on=TODAY):
    """Reckon every case by itself, as routing would with the rule among the others."""
    moved = {}
    since = localtime(MORNING).replace(hour=0, minute=0) - timedelta(days=365)
    for case in Case.objects.filter(reported_at__gte=since, reported_at__lt=MORNING, lead_unit__isnull=False):
        category = catalogue().by_id[case.category_id]
        matter = Matter(
            category_code=category.code,
            area_path=case.area_path,
            level=first_level(category),
            local_time=localtime(case.reported_at),
        )
        fitting = ranked([*rules_for(category.code, on=on), rule], matter)
        found = deciding(fitting, matter, category=category, on=on)
        if found and found[0] is rule and found[1].id != case.lead_unit_id:
            pair = (directory().by_id[case.lead_unit_id].code, found[1].code)
            moved[pair] = moved.get(pair, 0) + 1
    return moved


def shifts(effect):
    return {(shift.unit.code, shift.to.code): shift.count for shift in effect.shifts}


@pytest.mark.parametrize(
    ("also", "level"),
    [
        ({"lead": "roads"}, None),
        ({"lead": "roads", "category_code": "roads"}, None),
        ({"lead": "@fire"}, None),
        ({"lead": "fire", "area_code": "330304010"}, Level.TOWNSHIP),
        ({"lead": "fire", "area_code": "330304010001"}, Level.COMMUNITY),
        ({"lead": "fire", "area_code": "330304010001001"}, Level.GRID),
    ],
)
@pytest.mark.parametrize("table", ["empty", "narrower", "by hours", "by weekday"])
def test_counts_what_reckoning_every_case_by_itself_finds(district, also, level, table):
    many_cases(district)
    if table == "narrower":
        pack_rule("narrow", area_code="330304010001001", level="township")
    if table == "by hours":
        pack_rule("night", from_time=time(22), to_time=time(6, 30))
    if table == "by weekday":
        pack_rule("weekend", weekdays=[6, 7], from_time=time(8), to_time=time(18))
    rule = new_rule(**also)

    effect = effect_of(rule, level=level, on=TODAY, at=MORNING)

    assert shifts(effect) == one_by_one(rule)


def test_tells_what_stays_and_what_a_narrower_rule_keeps(district):
    pack_rule("narrow", area_code="330304010001001")
    make_case(district, status=Status.DISPATCHED, category="lamp", at=MORNING - timedelta(days=3))
    beside = {"grid": district.areas.beside, "category": "lamp", "at": MORNING - timedelta(days=3)}
    make_case(district, status=Status.DISPATCHED, **beside)
    make_case(district, status=Status.DISPATCHED, lead_unit=district.units.fire, **beside)

    effect = effect_of(new_rule(lead="fire", area_code="330304010"), level=Level.TOWNSHIP, on=TODAY, at=MORNING)

    assert (effect.moved, effect.stay, effect.elsewhere) == (1, 1, 1)
    assert [shift.is_whole for shift in effect.shifts] == [False]


def test_moves_nothing_to_a_unit_that_may_not_be_given_such_matters(district):
    make_case(district, status=Status.DISPATCHED, category="lamp", at=MORNING - timedelta(days=3))

    effect = effect_of(new_rule(lead="chashan-grids"), level=None, on=TODAY, at=MORNING)

    assert (effect.moved, effect.elsewhere) == (0, 1)


def test_asks_the_database_once(district, django_assert_num_queries):
    pack_rule("night", from_time=time(22), to_time=time(6, 30), weekdays=[1])
    many_cases(district, count=5)
    effect_of(new_rule(lead="@fire"), level=None, on=TODAY, at=MORNING)

    with django_assert_num_queries(1):
        effect_of(new_rule(lead="@fire"), level=None, on=TODAY, at=MORNING)
