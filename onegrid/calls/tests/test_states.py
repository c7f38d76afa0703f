"""Where calls stand, and which moves are possible from where."""

import itertools

import pytest

from onegrid.calls.states import TRANSITIONS, Move, Status, after

POSSIBLE = {
    (Move.ASK, Status.DRAFT): Status.WAITING,
    (Move.RELEASE, Status.WAITING): Status.RUNNING,
    (Move.SEND_BACK, Status.WAITING): Status.DRAFT,
    (Move.WITHDRAW, Status.DRAFT): Status.WITHDRAWN,
    (Move.WITHDRAW, Status.WAITING): Status.WITHDRAWN,
    (Move.WITHDRAW, Status.RUNNING): Status.WITHDRAWN,
    (Move.END, Status.RUNNING): Status.ENDED,
}


@pytest.mark.parametrize(("move", "status"), itertools.product(Move, Status))
def test_every_move_from_every_state(move, status):
    assert after(status, move) == POSSIBLE.get((move, status))


def test_every_move_is_in_the_table():
    assert set(TRANSITIONS) == set(Move)
