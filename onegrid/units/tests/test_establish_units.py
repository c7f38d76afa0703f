"""Who is told that a unit has come under another one: whoever reckons by the calendar that it follows."""

from datetime import date

import pytest

from onegrid.core.snapshots import bump
from onegrid.units.models import Unit, UnitKind
from onegrid.units.public import CalendarChanged, UnitPlan, calendar_of, establish_units
from onegrid.units.readers.directory import SNAPSHOT
from onegrid.units.tests.factories import BY, NOON, area, calendar_row, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    return area("330304")


@pytest.fixture
def heard(monkeypatch):
    facts = []
    monkeypatch.setattr("onegrid.units.actions.establish_units.announce", facts.append)
    return facts


def plan(code, place, *, parent=None, name=None):
    return UnitPlan(
        code=code, name=name or code, name_en=code, kind=UnitKind.OFFICE, function=code, area=place, parent=parent
    )


def establish(*plans):
    return establish_units(units=plans, posts=[], opens_on=date(2020, 1, 1), by=BY, at=NOON)


def test_a_unit_that_comes_under_another_takes_those_below_along(district, heard):
    fire = unit("fire", district, calendar=calendar_row("daily"))
    brigade = unit("brigade", district)
    station = unit("station", district, parent=brigade)
    bump(SNAPSHOT)

    establish(
        plan("fire", district),
        plan("brigade", district, parent="fire"),
        plan("station", district, parent="brigade"),
    )

    assert calendar_of(station.pk) is calendar_of(fire.pk)
    changed = frozenset({brigade.pk, station.pk})
    assert heard == [CalendarChanged(calendars=frozenset(), units=changed, from_day=None, to_day=None, at=NOON)]


def test_another_name_changes_no_calendar(district, heard):
    unit("fire", district)
    bump(SNAPSHOT)

    establish(plan("fire", district, name="消防"))

    assert Unit.objects.get().name == "消防"
    assert heard == []
