from datetime import timedelta

import pytest

from onegrid.cases.models import EntryKind
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import MORNING, OPENED, make_case
from onegrid.catalogue.models import Category
from onegrid.catalogue.readers import SNAPSHOT as CATALOGUE
from onegrid.catalogue.readers import catalogue
from onegrid.core.errors import InvalidInputError
from onegrid.core.snapshots import bump
from onegrid.dispatch.actions.dispatch_case import Support, UnitCannotLeadError, dispatch_case, recall_case
from onegrid.dispatch.models import RoutingRule
from onegrid.dispatch.readers.routing import SNAPSHOT, route
from onegrid.units.models import Unit
from onegrid.units.readers.directory import SNAPSHOT as UNITS

pytestmark = pytest.mark.django_db

NOON = MORNING + timedelta(hours=3)


def stamped(case, by):
    return {"case_id": case.pk, "version": case.version, "by": by, "at": NOON}


def test_gives_the_case_to_the_unit_with_a_deadline(people, filed, district):
    dispatch_case(lead_code="roads", **stamped(filed, people.dispatcher))

    filed.refresh_from_db()
    assert filed.status == Status.DISPATCHED
    assert filed.lead_unit == district.units.roads
    assert filed.stage_due_at == NOON + timedelta(hours=24)


def test_opens_a_task_for_each_supporting_unit(people, filed):
    support = [Support(unit_code="fire", what="围挡")]

    dispatch_case(lead_code="roads", support=support, **stamped(filed, people.dispatcher))

    assert filed.tasks.get().what == "围挡"


@pytest.mark.parametrize("codes", [["roads"], ["fire", "fire"]])
def test_refuses_a_unit_that_is_named_twice(codes, people, filed):
    with pytest.raises(InvalidInputError) as refusal:
        dispatch_case(
            lead_code="roads", support=[Support(unit_code=code, what="") for code in codes],
            **stamped(filed, people.dispatcher),
        )  # fmt: skip

    assert "support" in refusal.value.fields


def test_does_not_repeat_a_task_that_is_still_open(people, filed):
    support = [Support(unit_code="fire", what="围挡")]
    dispatch_case(lead_code="roads", support=support, **stamped(filed, people.dispatcher))
    recalled = recall_case(reason="派错了", **stamped(filed, people.dispatcher) | {"version": filed.version + 1})

    dispatch_case(lead_code="roads", support=support, **stamped(recalled, people.dispatcher))

    assert filed.tasks.count() == 1


def test_keeps_whether_the_suggestion_was_followed(people, filed):
    dispatch_case(lead_code="fire", **stamped(filed, people.dispatcher))

    entry = filed.timeline.get(kind=EntryKind.MOVE)
    assert entry.data["followed"] is False
    assert entry.data["suggested"]["lead"] == "roads"


@pytest.mark.parametrize("code", ["nobody", "wutian-fire"])
def test_refuses_a_unit_that_is_not_there(code, people, filed):
    with pytest.raises(UnitCannotLeadError):
        dispatch_case(lead_code=code, **stamped(filed, people.dispatcher))

    filed.refresh_from_db()
    assert filed.status == Status.FILED


def test_refuses_the_grid_team_what_was_not_admitted(people, filed):
    with pytest.raises(UnitCannotLeadError, match="准入"):
        dispatch_case(lead_code="chashan-grids", **stamped(filed, people.dispatcher))


def test_gives_the_grid_team_what_was_admitted(people, district):
    case = make_case(district, status=Status.FILED, category="passage")

    dispatch_case(lead_code="chashan-grids", **stamped(case, people.dispatcher))

    case.refresh_from_db()
    assert case.lead_unit == district.units.grid_team


def test_takes_back_what_the_unit_has_not_started(people, district):
    case = make_case(district, status=Status.DISPATCHED)

    recall_case(reason="派错了", **stamped(case, people.dispatcher))

    case.refresh_from_db()
    assert (case.status, case.lead_unit) == (Status.FILED, None)


def test_the_table_decides_before_the_catalogue(district):
    RoutingRule.objects.create(
        code="manholes-of-chashan", category_code="roads.manhole", area_code="330304010", lead="@fire", opens_on=OPENED,
        reason="茶山的井盖由消防所管", reason_en="Chashan manholes are the fire station's",
    )  # fmt: skip
    bump(SNAPSHOT)
    category = catalogue().by_code["roads.manhole"]

    there = route(category=category, area_path=district.areas.grid.path, level="township", at=NOON)
    elsewhere = route(category=category, area_path=district.areas.elsewhere.path, level="township", at=NOON)

    assert (there.lead.code, there.rule.code) == ("fire", "manholes-of-chashan")
    assert (elsewhere.lead.code, elsewhere.rule) == ("roads", None)
    assert "井盖" in there.reason or "manholes" in there.reason


def test_at_district_level_the_districts_own_unit_leads(district):
    RoutingRule.objects.create(
        code="passages", category_code="fire.passage", lead="@fire", opens_on=OPENED, reason="消防", reason_en="Fire"
    )
    Unit.objects.create(
        code="fire-brigade", name="区消防大队", name_en="Fire Brigade", kind="department", function="fire",
        area=district.areas.district, opens_on=OPENED,
    )  # fmt: skip
    bump(SNAPSHOT)
    bump(UNITS)
    category = catalogue().by_code["fire.passage"]

    there = {
        level: route(category=category, area_path=district.areas.grid.path, level=level, at=NOON).lead.code
        for level in ("township", "district")
    }

    assert there == {"township": "fire", "district": "fire-brigade"}


def test_the_catalogue_passes_over_a_grid_team_that_was_not_admitted(district):
    Category.objects.filter(code="roads.lamp").update(lead={"grid": "grid_team", "township": "roads"})
    bump(CATALOGUE)
    category = catalogue().by_code["roads.lamp"]

    found = route(category=category, area_path=district.areas.grid.path, level="grid", at=NOON)

    assert found.lead.code == "roads"
