import itertools

import pytest

from onegrid.cases.states import ENDED, STAGE_OF, TRANSITIONS, IllegalMoveError, Move, Status, after, moves_from


def test_every_move_is_in_the_table():
    assert set(TRANSITIONS) == set(Move)


@pytest.mark.parametrize(("move", "status"), list(itertools.product(Move, Status)))
def test_a_move_is_made_from_its_sources_and_nowhere_else(move, status):
    try:
        reached = after(move, status)
    except IllegalMoveError:
        reached = None

    assert reached == (TRANSITIONS[move].target if status in TRANSITIONS[move].sources else None)


def test_every_status_can_be_reached():
    reached = {Status.REPORTED} | {transition.target for transition in TRANSITIONS.values()}

    assert reached == set(Status)


@pytest.mark.parametrize("status", sorted(set(Status) - ENDED))
def test_an_open_case_has_a_stage_and_a_way_on(status):
    assert status in STAGE_OF
    assert moves_from(status)


@pytest.mark.parametrize("status", sorted(ENDED))
def test_a_case_that_is_over_has_no_running_stage(status):
    assert status not in STAGE_OF


def test_every_open_status_leads_to_closed():
    reaching = {Status.CLOSED}
    for _ in Status:
        reaching |= {
            source
            for transition in TRANSITIONS.values()
            if transition.target in reaching
            for source in transition.sources
        }

    assert reaching >= set(Status) - {Status.REFUSED, Status.MERGED}
