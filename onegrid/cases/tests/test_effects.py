"""What moves do to clocks, as the reference says it."""

import itertools

import pytest

from onegrid.cases.rules.effects import Effect, effects
from onegrid.cases.states import ENDED, STAGE_OF, TRANSITIONS, Move, Stage, Status

PAIRS = [(move, source) for move in Move for source in sorted(TRANSITIONS[move].sources)]


@pytest.mark.parametrize(("move", "source"), PAIRS)
def test_the_stage_that_a_case_comes_to_has_a_running_clock_unless_it_is_suspended(move, source):
    target = TRANSITIONS[move].target
    running = {Effect.STARTS, Effect.GOES_ON, Effect.RUNS_ON}
    if target in ENDED:
        assert not running & set(effects(move, source).values())
    elif target != Status.SUSPENDED:
        assert effects(move, source)[STAGE_OF[target]] in running


@pytest.mark.parametrize(("move", "source"), PAIRS)
def test_the_whole_stops_only_at_the_end_and_for_a_suspension(move, source):
    stops = effects(move, source)[None] is Effect.STOPS

    assert stops == (TRANSITIONS[move].target in ENDED | {Status.SUSPENDED})


@pytest.mark.parametrize(
    ("move", "source", "stage", "effect"),
    [
        (Move.RETURN, Status.IN_PROGRESS, Stage.HANDLE, Effect.STOPS),
        (Move.FAIL, Status.HANDLED, Stage.HANDLE, Effect.GOES_ON),
        (Move.RESUME, Status.SUSPENDED, Stage.HANDLE, Effect.GOES_ON),
        (Move.DISPUTE, Status.IN_PROGRESS, Stage.HANDLE, Effect.RUNS_ON),
        (Move.ANSWER_CHECK, Status.CHECKING, Stage.FILE, Effect.GOES_ON),
        (Move.REOPEN, Status.CLOSED, None, Effect.STARTS),
    ],
)
def test_a_clock_is_treated_as_the_reference_says(move, source, stage, effect):
    assert effects(move, source)[stage] is effect


def test_no_stage_has_two_clocks_running_but_handling_beside_a_dispute():
    running = {Effect.STARTS, Effect.GOES_ON, Effect.RUNS_ON}
    for move, source in PAIRS:
        found = {stage for stage, effect in effects(move, source).items() if stage and effect in running}

        for pair in itertools.combinations(sorted(found), 2):
            assert set(pair) == {Stage.DISPUTE, Stage.HANDLE}
