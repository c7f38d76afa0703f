from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.hashers import check_password
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onegrid.accounts.public import Duty, Role, User
from onegrid.cases.public import ReplyTemplate
from onegrid.catalogue.public import Admission, Category
from onegrid.dispatch.public import RoutingRule
from onegrid.geography.public import Area, RedrawnTooEarlyError, locate
from onegrid.oversight.models import Entry
from onegrid.oversight.public import Actor
from onegrid.packs.public import (
    DEMONSTRATION_PASSWORD,
    FaultyPackError,
    NoSuchEditionError,
    demonstration_accounts,
    load_pack,
)
from onegrid.packs.tests.factories import write_pack
from onegrid.units.models import Calendar, PublicHoliday
from onegrid.units.public import Post, Unit, calendar_of, calendars

pytestmark = pytest.mark.django_db
BY = Actor(name="tests")
MONDAY = datetime(2026, 11, 23, 1, tzinfo=UTC)
LATER = datetime(2026, 12, 1, 1, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    return write_pack(tmp_path / "tiny")


def load(folder, *, at=MONDAY, **also):
    return load_pack(path=folder, by=BY, at=at, **also)


def change(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf8")


def rows():
    return [
        m.objects.count()
        for m in (Area, Unit, Post, User, Duty, Category, Admission, RoutingRule, ReplyTemplate, Entry)
    ]


def test_loads_everything(folder):
    load(folder)

    assert rows()[:-1] == [9, 7, 2, 7, 7, 4, 2, 1, 1]
    assert Duty.objects.get(user__username="w3").area.code == "330304002001001"
    assert Duty.objects.get(user__username="a.dispatcher").role == Role.DISPATCHER
    assert Category.objects.get(code="daily.roads.hole").lead == {
        "grid": "grid",
        "township": "roads",
        "district": "roads",
    }
    assert RoutingRule.objects.get().weekdays == [6, 7]


def test_every_unit_follows_the_calendar_the_pack_names(folder):
    load(folder)

    followed = {unit.code: calendar_of(unit.pk).code for unit in Unit.objects.all()}
    assert followed == {
        "centre": "always",
        "roads": "office",
        "a-centre": "daily",
        "a-grid": "daily",
        "b-centre": "daily",
        "b-grid": "daily",
        "a-fire": "daily",
    }
    assert calendars().default.is_known(2027)
    assert [day.isoformat() for day in PublicHoliday.objects.values_list("day", flat=True)] == [
        "2027-01-01",
        "2027-01-02",
        "2027-01-03",
        "2027-01-10",
    ]


def test_a_pack_without_calendars_gets_office_hours(folder):
    (folder / "calendars.yaml").unlink()
    load(folder)

    assert [calendar.code for calendar in Calendar.objects.all()] == ["office-hours"]
    assert load(folder, at=LATER).is_unchanged


def test_leaves_an_audit_trail(folder):
    load(folder)

    codes = set(Entry.objects.values_list("code", flat=True))
    assert {"packs.loaded", "geography.redrawn", "units.established", "accounts.appointed"} <= codes
    assert {"catalogue.revised", "dispatch.rules-replaced"} <= codes


def test_loading_again_writes_nothing(folder):
    load(folder)

    with CaptureQueriesContext(connection) as asked:
        again = load(folder, at=LATER)

    assert again.is_unchanged
    assert [q["sql"] for q in asked if q["sql"].startswith(("INSERT", "UPDATE", "DELETE", "COPY"))] == []


def test_a_faulty_pack_leaves_nothing(folder):
    change(folder, "routing.csv", "@roads", "@nobody")

    with pytest.raises(FaultyPackError):
        load(folder)

    assert sum(rows()) == 0


def test_a_load_that_fails_half_way_leaves_nothing(folder):
    load(folder)
    before = rows()
    change(folder, "units.csv", "甲消防", "甲消防站")
    change(folder, "areas/grids.geojson", "区域330304001001001", "改名")

    with pytest.raises(RedrawnTooEarlyError):
        load(folder)

    assert rows() == before
    assert Unit.objects.get(code="a-fire").name == "甲消防"


def test_refuses_an_edition_the_pack_does_not_have(folder):
    with pytest.raises(NoSuchEditionError, match="1999"):
        load(folder, edition="1999")


def test_a_changed_category_gets_a_version_and_keeps_the_old(folder):
    load(folder)
    change(folder, "categories.csv", "Lit", "Lit again")

    load(folder, at=LATER)

    old, new = Category.objects.filter(code="daily.roads.dark").order_by("version")
    assert (old.opens_on, old.closes_on) == (date(2020, 1, 1), date(2026, 12, 1))
    assert (new.opens_on, new.closes_on, new.closing_condition_en) == (date(2026, 12, 1), None, "Lit again")


def test_a_category_out_of_the_pack_is_closed(folder):
    load(folder)
    change(folder, "categories.csv", "daily.roads.dark,", "daily.roads.dim,")

    load(folder, at=LATER)

    assert Category.objects.get(code="daily.roads.dark").closes_on == date(2026, 12, 1)


def test_an_admission_out_of_the_pack_ends(folder):
    load(folder)
    change(folder, "admissions.csv", "1号", "3号")

    load(folder, at=LATER)

    assert Admission.objects.get(decision="1号").valid_until == date(2026, 11, 30)


def test_a_changed_unit_and_rule_are_brought_up_to_date(folder):
    load(folder)
    change(folder, "units.csv", "甲消防", "甲消防站")
    change(folder, "posts.csv", "Dispatcher", "Dispatch")
    change(folder, "routing.csv", "夜间", "夜里")
    change(folder, "admissions.csv", "2024-12-31", "2025-12-31")

    assert load(folder, at=LATER).written == 4
    assert Unit.objects.get(code="a-fire").name == "甲消防站"
    assert RoutingRule.objects.get().reason == "夜里"


def test_a_unit_and_rule_out_of_the_pack_go(folder):
    load(folder)
    change(folder, "units.csv", "a-fire,", "a-brigade,")
    change(folder, "routing.csv", "night,", "dark,")
    change(folder, "routing.csv", "a-fire", "a-brigade")

    load(folder, at=LATER)

    assert Unit.objects.get(code="a-fire").closes_on == date(2026, 12, 1)
    assert RoutingRule.objects.get().code == "dark"


def test_a_duty_that_was_ended_is_not_given_again(folder):
    load(folder)
    Duty.objects.filter(user__username="w1").update(ended_at=LATER)

    assert load(folder, at=LATER).is_unchanged


def test_new_accounts_cannot_be_signed_in_to(folder):
    load(folder)

    assert not any(user.has_usable_password() or user.is_demonstration for user in User.objects.all())
    assert demonstration_accounts(folder) == []


def test_a_demonstration_names_who_to_sign_in_as(folder):
    load(folder, demonstration=True)

    assert check_password(DEMONSTRATION_PASSWORD, User.objects.get(username="a.handler").password)
    assert [(entry.username, entry.role) for entry in demonstration_accounts(folder)] == [("a.handler", Role.HANDLER)]


SECOND = """\
  - code: "2024"
    opens_on: 2024-07-01
    district: areas/district.geojson
    townships: areas/townships.geojson
    communities: areas/communities.geojson
    grids: areas/grids-2024.geojson
map:"""


@pytest.fixture
def redrawn(folder):
    """The tiny pack with a second edition, in which the last grid has another code."""
    change(folder, "pack.yaml", "map:", SECOND)
    grids = (folder / "areas/grids.geojson").read_text(encoding="utf8")
    (folder / "areas/grids-2024.geojson").write_text(
        grids.replace("330304002001002", "330304002001009"), encoding="utf8"
    )
    load(folder)
    return folder


def test_another_edition_closes_and_opens(redrawn):
    loaded = load(redrawn, edition="2024", at=LATER)

    assert (loaded.opened, loaded.closed, loaded.moved) == (1, 1, 1)
    assert Area.objects.get(code="330304002001002").closes_on == date(2024, 7, 1)
    assert locate(120.635, 27.905).grid.code == "330304002001009"
    assert locate(120.635, 27.905, on=date(2024, 6, 30)).grid.code == "330304002001002"


def test_duties_move_to_the_nearest_area(redrawn):
    load(redrawn, edition="2024", at=LATER)

    ended, live = Duty.objects.filter(user__username="w4").order_by("started_at")
    assert (ended.ended_at, ended.area.code) == (LATER, "330304002001002")
    assert (live.ended_at, live.area.code) == (None, "330304002001009")


def test_the_edition_that_stands_stays_when_none_is_named(redrawn):
    load(redrawn, edition="2024")

    assert load(redrawn, at=LATER).is_unchanged


def test_an_earlier_edition_is_refused(redrawn):
    load(redrawn, edition="2024")

    with pytest.raises(RedrawnTooEarlyError):
        load(redrawn, edition="2020")
