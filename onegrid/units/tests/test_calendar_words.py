"""A calendar in words: the hours of its week, and what of it was changed."""

import pytest
from django.utils.translation import override

from onegrid.units.rules.calendar_words import change_said, week_said, workdays_said
from onegrid.units.rules.public_holidays import PublicHolidays
from onegrid.units.rules.tables import Former, Superseded, Table
from onegrid.units.rules.week import OFFICE_HOURS, week_of
from onegrid.units.tests.working import AROUND_THE_CLOCK, CHINA, calendar, on, table

OFFICE, DAILY = "Monday – Friday 08:30–12:00, 14:00–17:30", "Monday – Sunday 00:00–24:00"
LIBRARY = "China's public holidays and adjusted workdays, as published"
ALSO = f"public holidays: {LIBRARY}; until then: Works through public holidays"
MIXED = {"1": [["08:00", "12:00"]], "2": [["08:00", "12:00"]], "4": [["09:00", "10:00"]], "7": [["09:00", "10:00"]]}
GIVEN = PublicHolidays(given=(), from_library=False)
MOMENT = on("2026-09-22 16:10")


def change(was, what=Superseded.WEEK, **now):
    """Return what is told of a calendar that was another until a moment."""
    changed = calendar(**now, former=[Former(table=was, until=MOMENT, what=what, changed_by="王值守")])
    return changed.changes(on("2026-09-20 08:00"), on("2026-10-20 08:00"))[0]


def other(weekly=OFFICE_HOURS):
    return Table(code="shifts", name="班", name_en="Shifts", week=week_of(weekly), holidays=None)


@pytest.mark.parametrize(
    ("weekly", "hours", "days"),
    [
        (OFFICE_HOURS, OFFICE, "Monday – Friday"),
        (AROUND_THE_CLOCK, DAILY, "Monday – Sunday"),
        (
            MIXED,
            "Monday – Tuesday 08:00–12:00; Thursday 09:00–10:00; Sunday 09:00–10:00",
            "Monday – Tuesday, Thursday, Sunday",
        ),
    ],
)
def test_a_week_is_said_in_one_line(weekly, hours, days):
    with override("en"):
        assert (week_said(week_of(weekly)), workdays_said(week_of(weekly))) == (hours, days)


@pytest.mark.parametrize(
    ("was", "what", "now", "said"),
    [
        (
            table(AROUND_THE_CLOCK), Superseded.WEEK, {},
            f"From then on “Office hours” is worked {OFFICE}; until then it was {DAILY}",
        ),
        (
            table(AROUND_THE_CLOCK, holidays=None), Superseded.WEEK, {},
            f"From then on “Office hours” is worked {OFFICE}; until then it was {DAILY}; {ALSO}",
        ),
        (
            table(holidays=GIVEN), Superseded.WEEK, {"holidays": CHINA},
            f"From then on for “Office hours”: {LIBRARY}; until then: The public holidays that the district gives",
        ),
        (
            other(AROUND_THE_CLOCK), Superseded.FOLLOWED, {},
            f"From then on the calendar is “Office hours” ({OFFICE}); until then it was “Shifts” ({DAILY})",
        ),
        (
            table(), Superseded.FOLLOWED, {},
            "The unit came under another one: from then on the days that were set for that one count",
        ),
        (
            table(holidays=None), Superseded.HOLIDAYS, {},
            "Public holidays were published or changed; they count from then on",
        ),
    ],
)  # fmt: skip
def test_a_change_is_said_with_what_was_and_what_is(was, what, now, said):
    with override("en"):
        assert change_said(change(was, what, **now)) == said


@pytest.mark.parametrize(
    ("was", "what", "is_of_hours"),
    [
        (table(AROUND_THE_CLOCK), Superseded.WEEK, True),
        (other(), Superseded.FOLLOWED, True),
        (table(AROUND_THE_CLOCK), Superseded.FOLLOWED, True),  # a calendar that was closed and opened again by its name
        (table(), Superseded.FOLLOWED, False),
        (table(holidays=None), Superseded.HOLIDAYS, False),
    ],
)
def test_tells_whether_other_hours_count(was, what, is_of_hours):
    assert change(was, what).is_of_hours == is_of_hours


def test_at_each_moment_the_table_is_in_force_that_was_then():
    changed = calendar(former=[Former(table=table(AROUND_THE_CLOCK), until=MOMENT, what=Superseded.WEEK)])

    hours = [week_said(changed.in_force(on(text)).week) for text in ("2026-09-22 16:09", "2026-09-22 16:10")]

    with override("en"):
        assert hours[0] != hours[1]
        assert week_said(changed.in_force(on("2026-09-22 16:10")).week) == OFFICE
