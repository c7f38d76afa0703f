from datetime import date, timedelta

import pytest
from django.utils.timezone import now

from onegrid.core import snapshots
from onegrid.core.models import Generation
from onegrid.core.snapshots import bump, generation_of
from onegrid.units.public import calendars_changed_at, calendars_version, year_to_know
from onegrid.units.readers.directory import SNAPSHOT

pytestmark = pytest.mark.django_db


def test_stays_while_nothing_changes(django_assert_num_queries):
    bump(SNAPSHOT)
    first = calendars_version()

    with django_assert_num_queries(0):
        assert calendars_version() == first


def test_changes_with_whatever_may_change_a_calendar():
    bump(SNAPSHOT)
    first = calendars_version()
    bump("something else")
    assert calendars_version() == first

    bump(SNAPSHOT)

    assert calendars_version() != first


def test_says_when_that_was():
    before = now()
    bump(SNAPSHOT)

    assert before - timedelta(milliseconds=1) <= calendars_changed_at() <= now()

    Generation.objects.all().delete()
    snapshots.refresh()
    assert calendars_changed_at() is None


def test_changes_with_the_library_of_public_holidays(monkeypatch):
    first = calendars_version()

    monkeypatch.setattr("onegrid.units.readers.calendars.LIBRARY", "chinesecalendar 9")

    assert calendars_version() != first
    assert calendars_version().endswith(" chinesecalendar 9")


def test_has_a_name_before_anything_ever_changed():
    Generation.objects.all().delete()
    snapshots.refresh()

    assert generation_of(SNAPSHOT) is None
    assert calendars_version().startswith("first chinesecalendar 1.")


def test_a_process_that_has_asked_nothing_yet_asks(monkeypatch):
    bump(SNAPSHOT)
    known = generation_of(SNAPSHOT)
    monkeypatch.setattr(snapshots, "_refreshed_at", [])
    monkeypatch.setattr(snapshots, "_current", {})

    assert generation_of(SNAPSHOT) == known


@pytest.mark.parametrize(
    ("day", "year"), [(date(2026, 9, 30), 2026), (date(2026, 10, 1), 2027), (date(2027, 1, 1), 2027)]
)
def test_next_years_holidays_should_be_known_from_october_on(day, year):
    assert year_to_know(day) == year
