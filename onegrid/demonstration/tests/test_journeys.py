"""The way of a simulated case: only what the table of states allows, in order of time, to its end."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onegrid.cases.public import BEFORE_CATEGORY, ENDED, STAGE_OF, IllegalMoveError, Move, Status, after
from onegrid.demonstration.rules.assumptions import Rates
from onegrid.demonstration.rules.journeys import HOUR, Pace, walk, way, way_to
from onegrid.demonstration.rules.standing import OF_A_CENTRE, OF_A_UNIT, stand
from onegrid.demonstration.tests.draws import drawn, draws

LIMITS = {"accept": 2, "check": 24, "file": 4, "dispatch": 4, "handle": 72, "verify": 12, "close": 12}
PACE = Pace(limits=LIMITS, before=BEFORE_CATEGORY)
OFTEN = Rates(
    solved_on_the_spot=0.3, refused=0.3, withdrawn=0.3, checked=0.5, returned=0.4, recalled=0.3, reworked=0.5,
    reopened=0.5,
)  # fmt: skip


def status_after(moves):
    status = Status.REPORTED
    for move in moves:
        status = after(move, status)
    return status


@given(draws, st.booleans(), st.sampled_from([Rates(), OFTEN]))
def test_every_way_leads_through_the_table_to_an_end(draw, may_be_solved, rates):
    moves = way(draw, may_be_solved=may_be_solved, rates=rates)

    assert status_after(moves) in ENDED


@given(draws, st.floats(0, 2e9))
def test_every_move_is_made_after_the_one_before(draw, start):
    stops = walk(way(draw, may_be_solved=True, rates=OFTEN), start=start, pace=PACE, draw=draw)

    moments = [start, *(stop.at for stop in stops)]
    assert all(earlier < later for earlier, later in pairwise(moments))


def test_a_way_that_the_table_does_not_allow_cannot_be_walked():
    with pytest.raises(IllegalMoveError):
        walk((Move.ACCEPT, Move.TAKE), start=0.0, pace=PACE, draw=drawn(1))


@pytest.mark.parametrize("target", [*OF_A_CENTRE, *OF_A_UNIT])
def test_the_way_to_a_desk_ends_there(target):
    assert status_after(way_to(target)) == target


@given(draws, st.sampled_from([*OF_A_CENTRE, *OF_A_UNIT]), st.floats(0.05, 2.0))
def test_what_stands_on_a_desk_has_used_as_much_of_its_time_as_was_asked(draw, target, share):
    now = 1.8e9
    standing = stand(target, used_share=share, now=now, pace=PACE, draw=draw)

    entered = next((stop.at for stop in reversed(standing.stops) if stop.move != Move.TAKE), standing.start)
    limit = HOUR * LIMITS[STAGE_OF[target].value]
    assert (now - entered) / limit == pytest.approx(share, abs=0.02)
    assert all(stop.at < now for stop in standing.stops)
