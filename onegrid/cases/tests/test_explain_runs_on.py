"""How an explanation tells that a clock ran on, and from when on a chip is drawn."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onegrid.cases.readers.clocks import time_left_of
from onegrid.cases.readers.explain import explain_stages
from onegrid.cases.rules.clock import YELLOW_FROM, Light, drawn_since, light
from onegrid.cases.rules.clock_words import LineKind
from onegrid.cases.states import Move, Stage
from onegrid.cases.tests.test_explain import (  # noqa: F401
    HOUR,
    TUESDAY,
    dispatched,
    in_english,
    move,
    told,
    working_days,
)

START = datetime(2026, 9, 29, 7, 0, tzinfo=UTC)
lengths = st.integers(1, 100_000).map(lambda count: timedelta(minutes=count))


@pytest.fixture
def disputed(dispatched, district, people):  # noqa: F811
    case = move(dispatched, Move.TAKE, district, people, TUESDAY + HOUR)
    return move(case, Move.DISPUTE, district, people, TUESDAY + 2 * HOUR)


def handling(case, at, **also):
    explained = explain_stages(case, list(case.timeline.all()), at=at, **also)
    return next(each for each in explained if each.stage == Stage.HANDLE)


@pytest.mark.django_db
def test_a_dispute_stands_on_the_handling_clock_that_runs_on_by_its_name(disputed, people):
    explanation = handling(disputed, TUESDAY + 5 * HOUR)

    (line,) = [line for line in explanation.lines if line.kind is LineKind.RAN_ON]
    assert (line.text, line.at) == ("The clock runs on: “Dispute whose it is”", TUESDAY + 2 * HOUR)
    assert people.handler.display_name in line.who
    assert line.amount is None


@pytest.mark.django_db
def test_what_ran_on_is_counted_in_one_line(disputed):
    explanation = handling(disputed, TUESDAY + 5 * HOUR)

    assert [line.amount for line in explanation.lines if line.kind is LineKind.COUNTED] == [5 * HOUR]
    assert (explanation.used, explanation.is_over, explanation.is_stopped) == (5 * HOUR, False, False)


@pytest.mark.django_db
def test_the_public_reads_which_unit_and_no_name(disputed, people):
    explanation = handling(disputed, TUESDAY + 5 * HOUR, is_public=True)

    (line,) = [line for line in explanation.lines if line.kind is LineKind.RAN_ON]
    assert people.handler.display_name not in line.who


@pytest.mark.django_db
@pytest.mark.parametrize("is_whole", [False, True])
def test_neither_the_clock_of_the_dispute_nor_that_of_the_whole_says_so(disputed, is_whole):
    explanation = told(disputed, TUESDAY + 5 * HOUR, is_whole=is_whole)

    assert LineKind.RAN_ON not in [line.kind for line in explanation.lines]


@given(lengths, lengths)
def test_a_chip_is_drawn_so_that_it_turns_yellow_at_the_yellow_moment(first, then):
    yellow, due = START + first, START + first + then

    since = drawn_since(started_at=START, yellow_at=yellow, due_at=due)

    assert (yellow - since) / (due - since) == pytest.approx(YELLOW_FROM)


@given(lengths)
def test_a_chip_without_a_yellow_moment_is_drawn_from_the_beginning_and_turns_at_the_same_share(whole):
    due = START + whole

    since = drawn_since(started_at=START, yellow_at=None, due_at=due)

    assert since == START
    assert light(started_at=START, due_at=due, now=since + YELLOW_FROM * (due - since)) is Light.YELLOW


def test_a_chip_without_a_due_moment_is_drawn_from_the_beginning():
    assert drawn_since(started_at=START, yellow_at=START + HOUR, due_at=None) == START


@pytest.mark.django_db
def test_late_work_that_came_back_is_as_late_on_its_page_as_its_explanation_says(dispatched, district, people):  # noqa: F811
    due = dispatched.stage_due_at
    case = move(dispatched, Move.TAKE, district, people, TUESDAY + HOUR)
    case = move(case, Move.REPORT_BACK, district, people, due + 3 * HOUR)
    case = move(case, Move.FAIL, district, people, due + 50 * HOUR)
    at = due + 52 * HOUR

    left, explanation = time_left_of(case, now=at), told(case, at)

    assert case.stage_due_at == due
    assert (left.amount, left.is_late) == (-5 * HOUR, True)
    assert (explanation.limit - explanation.used, explanation.lines[-1].is_late) == (-5 * HOUR, True)
