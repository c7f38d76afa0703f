"""When simulated cases come in: so many a year, by season, weekday, holiday and hour."""

from collections import Counter
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from onegrid.demonstration.rules import assumptions
from onegrid.demonstration.rules.arrivals import anchor_behind, arrivals, chapter
from onegrid.demonstration.rules.days import Weather, day, holidays

ANCHOR = datetime(2026, 11, 24, 6, tzinfo=UTC)
WENZHOU = ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="module")
def year():
    """All arrivals of one simulated year, by chapter."""
    return [
        arrivals(chapter(number, anchor=ANCHOR), seed=20161, zone=WENZHOU)
        for number in range(assumptions.CHAPTERS_A_YEAR)
    ]


def test_a_year_has_56_000_within_what_is_stated(year):
    count = sum(len(part) for part in year)

    assert count == pytest.approx(assumptions.CASES_A_YEAR, rel=assumptions.YEAR_TOLERANCE)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_so_has_every_other_year(seed):
    parts = [arrivals(chapter(number, anchor=ANCHOR), seed=seed, zone=WENZHOU) for number in range(12)]

    assert sum(map(len, parts)) == pytest.approx(assumptions.CASES_A_YEAR, rel=assumptions.YEAR_TOLERANCE)


def test_chapters_follow_each_other_without_gap_or_overlap():
    parts = [chapter(number, anchor=ANCHOR) for number in range(3)]

    assert parts[0].ends_at == ANCHOR
    assert [part.ends_at for part in parts[1:]] == [part.starts_at for part in parts[:-1]]
    assert {anchor_behind(part.number, ends_at=part.ends_at) for part in parts} == {ANCHOR}


def test_nothing_comes_in_outside_its_chapter(year):
    part = chapter(0, anchor=ANCHOR)

    assert part.starts_at.timestamp() <= year[0][0].at <= year[0][-1].at < part.ends_at.timestamp()


def test_the_same_seed_gives_the_same(year):
    assert arrivals(chapter(4, anchor=ANCHOR), seed=20161, zone=WENZHOU) == year[4]


def test_a_morning_brings_more_than_a_night(year):
    hours = Counter(datetime.fromtimestamp(arrival.at, WENZHOU).hour for part in year for arrival in part)

    assert hours[9] > 15 * hours[3]


def test_a_sunday_brings_less_than_a_monday(year):
    days = Counter(arrival.day.on.weekday() for part in year for arrival in part)

    assert days[6] / days[0] == pytest.approx(assumptions.WEEKDAYS[6] / assumptions.WEEKDAYS[0], rel=0.1)


def test_the_spring_festival_is_a_holiday():
    assert {date(2026, 2, 16), date(2026, 2, 17), date(2026, 10, 1)} <= holidays(2026)


def test_every_year_has_storms():
    storms = [
        on
        for month in (7, 8, 9, 10)
        for number in range(1, 29)
        if day(on := date(2026, month, number), 20161).weather == Weather.STORM
    ]

    assert len(storms) >= 3
