"""What a chip says is left: in the unit of the limit, and so that it can tick by itself."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from onegrid.cases.rules.clock_left import left_of
from onegrid.units.public import Counting
from onegrid.units.tests.working import calendar, on

OFFICE = calendar()
NOW = on("2026-11-26 15:00")  # a Thursday
DAYS, HOURS, ALWAYS = Counting.WORKING_DAYS, Counting.WORKING_HOURS, Counting.ALWAYS


def left(due, counting, now=NOW):
    return left_of(on(due), counting=counting, calendar=OFFICE, now=now)


@pytest.mark.parametrize(
    ("due", "counting", "english", "chinese"),
    [
        ("2026-11-30 18:10", DAYS, "2 working days 3 h", "2 个工作日 3 时"),
        ("2026-11-27 15:00", DAYS, "1 working day", "1 个工作日"),
        ("2026-11-26 18:20", DAYS, "3 h 20 min of a working day", "3 时 20 分（工作日）"),
        ("2026-11-27 10:00", HOURS, "4 working hours", "4 个工作时"),
        ("2026-11-26 15:40", HOURS, "40 min of working time", "工作时间内 40 分"),
        ("2026-11-28 16:00", ALWAYS, "2 d 1 h", "2 天 1 时"),
    ],
)
def test_is_said_in_the_unit_of_the_limit(due, counting, english, chinese):
    with override("en"):
        assert left(due, counting).said == english
    with override("zh-hans"):
        assert left(due, counting).said == chinese


def test_what_is_late_is_counted_too():
    late = left("2026-11-25 15:00", DAYS, now=on("2026-11-30 16:00"))

    assert late.amount == -timedelta(days=3, hours=1)
    assert late.hours == -73


def test_weekends_are_not_left():
    assert left("2026-11-30 09:30", HOURS, now=on("2026-11-27 16:30")).amount == timedelta(hours=2)


def test_the_browser_is_told_what_of_the_day_to_come_counts():
    how, seconds, at, *spells = left("2026-11-27 10:00", HOURS).ticks.split()

    assert (how, seconds, at) == ("working_hours", "14400.000", f"{NOW.timestamp():.3f}")
    assert [spell.split("-") for spell in spells] == [
        [str(int(on(text).timestamp())) for text in pair]
        for pair in (
            ("2026-11-26 15:00", "2026-11-26 17:30"),
            ("2026-11-27 08:30", "2026-11-27 12:00"),
            ("2026-11-27 14:00", "2026-11-27 15:00"),
        )
    ]


def test_what_runs_as_the_wall_clock_does_needs_no_telling():
    assert left("2026-11-28 16:00", ALWAYS).ticks == ""
