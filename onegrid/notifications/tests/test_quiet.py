"""When something may leave."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onegrid.notifications.rules.quiet import Quiet, leaves_at

ZONES = [ZoneInfo(name) for name in ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")]
SHANGHAI = ZONES[0]
NIGHT = Quiet(time(22), time(7))
moments = st.integers(0, 3 * 366 * 1440).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
clocks = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
quiets = st.tuples(clocks, clocks).filter(lambda ends: ends[0] != ends[1]).map(lambda ends: Quiet(*ends))


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("ready", "leaves"),
    [
        (at(24, 21, 59), at(24, 21, 59)),
        (at(24, 22), at(25, 7)),
        (at(25, 3), at(25, 7)),
        (at(25, 6, 59), at(25, 7)),
        (at(25, 7), at(25, 7)),
        (at(25, 12), at(25, 12)),
    ],
)
def test_what_is_ready_at_night_leaves_in_the_morning(ready, leaves):
    assert leaves_at(ready, is_urgent=False, quiet=NIGHT, zone=SHANGHAI) == leaves


def test_a_rest_at_noon_ends_the_same_day():
    assert leaves_at(at(24, 12, 30), is_urgent=False, quiet=Quiet(time(12), time(14)), zone=SHANGHAI) == at(24, 14)


@given(moments, quiets, st.sampled_from(ZONES))
def test_what_is_urgent_never_waits(moment, quiet, zone):
    assert leaves_at(moment, is_urgent=True, quiet=quiet, zone=zone) == moment


@given(moments, quiets, st.sampled_from(ZONES))
def test_nothing_else_leaves_in_quiet_hours(moment, quiet, zone):
    leaves = leaves_at(moment, is_urgent=False, quiet=quiet, zone=zone)

    assert not quiet.holds(leaves.astimezone(zone).time())


@given(moments, quiets, st.sampled_from(ZONES))
def test_never_leaves_earlier_and_waits_no_longer_than_a_day(moment, quiet, zone):
    leaves = leaves_at(moment, is_urgent=False, quiet=quiet, zone=zone)

    assert timedelta(0) <= leaves - moment <= timedelta(hours=25)


@given(moments, quiets, st.sampled_from(ZONES))
def test_what_may_leave_is_not_put_off_again(moment, quiet, zone):
    leaves = leaves_at(moment, is_urgent=False, quiet=quiet, zone=zone)

    assert leaves_at(leaves, is_urgent=False, quiet=quiet, zone=zone) == leaves


@given(moments, quiets, st.sampled_from(ZONES))
def test_outside_quiet_hours_nothing_waits(moment, quiet, zone):
    opposite = Quiet(quiet.ends, quiet.begins)

    waiting = [leaves_at(moment, is_urgent=False, quiet=each, zone=zone) > moment for each in (quiet, opposite)]

    assert sum(waiting) == 1
