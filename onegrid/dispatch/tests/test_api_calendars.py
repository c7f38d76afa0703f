"""Calendars for programs: to read by anybody, to set by those whose duties reach there."""

from datetime import UTC, datetime

import pytest

from onegrid.accounts.tests.callers import Program
from onegrid.core.snapshots import bump
from onegrid.dispatch.api import working_days
from onegrid.units.models import CalendarDay
from onegrid.units.public import HolidaySource, calendar_of
from onegrid.units.readers.directory import SNAPSHOT
from onegrid.units.rules.week import OFFICE_HOURS
from onegrid.units.tests.factories import calendar_row

pytestmark = [pytest.mark.django_db, pytest.mark.queries(30)]
DRILL = {"is_working": True, "spans": [{"start": "09:00", "end": "11:00"}], "reason": "演练"}
REST = {"is_working": False, "reason": "台风"}


@pytest.fixture(autouse=True)
def _in_november(monkeypatch):
    monkeypatch.setattr(working_days, "now", lambda: datetime(2026, 11, 25, 2, tzinfo=UTC))


@pytest.fixture
def office(district):
    row = calendar_row("office", weekly=OFFICE_HOURS, holidays=HolidaySource.CHINA, is_default=True)
    bump(SNAPSHOT)
    return row


@pytest.fixture
def program(people, office):
    return Program(people.administrator)


def day(owner, text="2026-11-28"):
    return f"{owner}/days/{text}"


def test_lists_calendars_with_who_follows_them(program):
    listed = program.show("calendars").json()

    assert listed["default"] == "office"
    (office,) = listed["calendars"]
    assert office["week"][0] == {
        "weekday": 1,
        "spans": [{"start": "08:30", "end": "12:00"}, {"start": "14:00", "end": "17:30"}],
    }
    assert "roads" in office["units"]


def test_shows_the_days_of_a_year(program):
    shown = program.show("calendars/office", year=2026).json()

    national = [day for day in shown["special_days"] if day["day"].startswith("2026-10")]
    assert {(day["name_en"], day["kind"]) for day in national} == {
        ("National Day", "holiday"),
        ("National Day", "adjusted"),
    }
    assert (shown["year"], shown["years_known"], shown["set_days"]) == (2026, [2026], [])


def test_sets_a_day_of_a_calendar_and_withdraws_it(program):
    put = program.send(day("calendars/office"), DRILL, method="put")
    shown = program.show("calendars/office", year=2026).json()
    taken = program.delete(f"/api/v1/{day('calendars/office')}")

    assert (put.status_code, taken.status_code) == (204, 204), put.content
    kept = next(day for day in shown["special_days"] if day["day"] == "2026-11-28")
    assert (kept["kind"], kept["spans"], kept["name"]) == ("own", DRILL["spans"], "演练")
    assert (shown["set_days"][0]["set_by"], shown["set_days"][0]["unit"]) == ("管理员", None)
    assert CalendarDay.objects.get().withdrawn_at


def test_sets_a_day_of_one_unit(program, office, district):
    put = program.send(day("units/roads", "2026-11-27"), REST, method="put")

    assert put.status_code == 204
    assert not calendar_of(district.units.roads.pk).is_working_day(CalendarDay.objects.get().day)
    assert program.show("calendars/office", year=2026).json()["set_days"][0]["unit"] == "roads"
    assert program.delete(f"/api/v1/{day('units/roads', '2026-11-27')}").status_code == 204


def test_putting_the_same_twice_changes_nothing(program):
    for _ in range(2):
        assert program.send(day("calendars/office"), DRILL, method="put").status_code == 204

    assert CalendarDay.objects.count() == 1


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        (day("calendars/office", "2020-01-01"), REST, "day"),
        (day("calendars/office"), REST | {"reason": " "}, "reason"),
        (day("calendars/office"), REST | {"reason": "x" * 201}, "reason"),
        (day("calendars/office"), REST | {"spans": DRILL["spans"]}, "spans"),
        (day("calendars/office"), DRILL | {"spans": [{"start": "11:00", "end": "9:00"}]}, "spans"),
        (day("calendars/office"), DRILL | {"is_working": "yes"}, "is_working"),
        (day("calendars/office"), DRILL | {"color": "red"}, "color"),
    ],
)
def test_refuses_a_day_and_names_what_is_wrong(program, path, body, field):
    response = program.send(path, body, method="put")

    assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
    assert response.json()["errors"][0]["field"] == field
    assert not CalendarDay.objects.exists()


def test_refuses_a_day_that_is_set_otherwise(program):
    program.send(day("calendars/office"), DRILL, method="put")

    response = program.send(day("calendars/office"), REST, method="put")

    assert (response.status_code, response.json()["type"]) == (422, "urn:onegrid:WrongDay")
    assert "Withdraw that first" in response.json()["detail"]


@pytest.mark.parametrize("path", ["calendars/office", "units/roads"])
@pytest.mark.parametrize("impossible", ["2026-02-30", "2026-13-01", "gestern"])
def test_refuses_a_day_that_no_calendar_has(program, path, impossible):
    put = program.send(day(path, impossible), REST, method="put")
    taken = program.delete(f"/api/v1/{day(path, impossible)}")

    for response in (put, taken):
        assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
        assert response.json()["errors"][0]["field"] == "day"


@pytest.mark.parametrize("path", ["calendars/none/days/2026-11-28", "units/none/days/2026-11-28"])
def test_finds_nothing_where_nothing_is(program, path):
    assert program.send(path, REST, method="put").status_code == 404
    assert program.delete(f"/api/v1/{path}").status_code == 404


@pytest.mark.parametrize(("path", "status"), [("calendars/none", 404), ("calendars/office?year=12", 422)])
def test_refuses_to_show_what_is_not_there(program, path, status):
    assert program.get(f"/api/v1/{path}").status_code == status


@pytest.mark.parametrize("person", ["handler", "head"])
def test_nobody_sets_days_whose_duties_do_not_reach_there(people, office, person):
    handler = Program(getattr(people, person))

    for path in (day("calendars/office"), day("units/roads")):
        assert handler.send(path, REST, method="put").status_code == 403
        assert handler.delete(f"/api/v1/{path}").status_code == 403
    assert handler.show("calendars").status_code == 200
