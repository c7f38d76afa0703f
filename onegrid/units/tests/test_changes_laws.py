"""What never moves, by the laws that hold for every change of every calendar."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from onegrid.units.rules.special_days import OwnDay
from onegrid.units.rules.tables import Former, Superseded, Table
from onegrid.units.rules.timeline import next_minute, since_epoch
from onegrid.units.rules.week import WorkingWeek
from onegrid.units.rules.working_time import WorkCalendar
from onegrid.units.tests.test_working_time_laws import AROUND, BEATS, ZONES, amounts, law, moments, spans
from onegrid.units.tests.working import CHINA

WEEKS = st.dictionaries(st.integers(1, 7), spans(), min_size=1).map(WorkingWeek)
SOURCES = st.sampled_from([CHINA, None])


@st.composite
def own_days(draw):
    day = draw(st.sampled_from(AROUND))
    set_at = day + timedelta(minutes=draw(st.integers(-3000, 3000)))
    withdrawn = draw(st.none() | st.timedeltas(timedelta(0), timedelta(days=2)))
    return OwnDay(
        day=day.date(), is_working=draw(st.booleans()), spans=(), reason="", set_by="", set_at=set_at,
        withdrawn_at=None if withdrawn is None else set_at + withdrawn,
    )  # fmt: skip


@st.composite
def tables(draw):
    return Table(
        code=draw(st.sampled_from("ab")), name="", name_en="", week=draw(WEEKS), holidays=draw(SOURCES),
        own_days=draw(st.lists(own_days(), max_size=3)),
    )  # fmt: skip


@st.composite
def histories(draw):
    """Return what a calendar was at some moments in order, and what it is."""
    ends = sorted(draw(st.lists(moments, max_size=3)))
    return [Former(table=draw(tables()), until=end, what=Superseded.WEEK) for end in ends], draw(tables())


def made(former, now, zone):
    return WorkCalendar(
        code=now.code, name="", name_en="", week=now.week, zone=zone, holidays=now.holidays,
        own_days=[day for days in now.own.values() for day in days], former=former,
    )  # fmt: skip


@st.composite
def changed(draw):
    """Return a calendar, the same after a change, and the moment of that."""
    zone = draw(st.sampled_from(ZONES))
    former, now = draw(histories())
    at = max([draw(moments), *(each.until for each in former)])
    days = [day for entries in now.own.values() for day in entries]
    what = draw(st.sampled_from(["table", "set", "withdrawn"]))
    if what == "table":
        after = made([*former, Former(table=now, until=at, what=Superseded.WEEK)], draw(tables()), zone)
    elif what == "set":
        day = draw(st.sampled_from(AROUND)).date()
        new = OwnDay(day=day, is_working=draw(st.booleans()), spans=(), reason="", set_by="", set_at=at)
        after = made(former, rebuilt(now, [*days, new]), zone)
    else:
        after = made(former, rebuilt(now, [undone(day, at) for day in days]), zone)
    return made(former, now, zone), after, at


def undone(day, at):
    if day.withdrawn_at or day.set_at > at:
        return day
    return OwnDay(
        day=day.day, is_working=day.is_working, spans=(), reason="", set_by="", set_at=day.set_at, withdrawn_at=at
    )


def rebuilt(table, days):
    return Table(code=table.code, name="", name_en="", week=table.week, holidays=table.holidays, own_days=days)


@law
@given(changed(), moments, amounts, BEATS)
def test_a_due_moment_that_has_passed_never_moves(three, start, amount, counting):
    before, after, at = three

    due, moved = before.after(start, amount, counting), after.after(start, amount, counting)

    assert min(due, at) == min(moved, at)


@law
@given(changed(), moments, moments, BEATS)
def test_what_was_counted_stays_counted(three, one, other, counting):
    before, after, at = three
    start, end = sorted([min(one, at), min(other, at)])

    assert before.between(start, end, counting) == after.between(start, end, counting)


@law
@given(histories(), moments, st.lists(moments, min_size=1, max_size=4), BEATS)
def test_from_one_moment_to_many_is_counted_as_between_them(history, here, others, counting):
    calendar = made(*history, ZONES[0])

    counted = calendar.from_here(here, counting)

    for there in others:
        start, end = sorted([here, there])
        assert abs(counted(there)) == calendar.between(start, end, counting)
        assert counted(there) <= timedelta() or there > here


@law
@given(histories(), moments, moments, moments, BEATS)
def test_parts_add_up_over_changes(history, first, second, third, counting):
    calendar = made(*history, ZONES[0])
    start, middle, end = sorted([first, second, third])

    parts = calendar.between(start, middle, counting) + calendar.between(middle, end, counting)

    assert parts == calendar.between(start, end, counting)


@law
@given(histories(), moments, amounts, BEATS)
def test_what_is_used_up_has_been_counted_over_changes(history, start, amount, counting):
    calendar = made(*history, ZONES[0])

    assert calendar.between(start, calendar.after(start, amount, counting), counting) == amount


@law
@given(histories(), st.lists(moments, max_size=4), moments, amounts, BEATS)
def test_it_does_not_matter_what_was_asked_before(history, asked, start, amount, counting):
    fresh, used = made(*history, ZONES[0]), made(*history, ZONES[0])
    for moment in asked:
        used.after(moment, amount, counting)

    assert used.after(start, amount, counting) == fresh.after(start, amount, counting)


@law
@given(moments)
def test_a_change_counts_from_the_minute_after_it_at_most(moment):
    assert timedelta(0) <= timedelta(microseconds=next_minute(moment) - since_epoch(moment)) < timedelta(minutes=1)
