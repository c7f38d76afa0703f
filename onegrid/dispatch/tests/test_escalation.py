"""Whom a share reaches."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onegrid.accounts.public import Role
from onegrid.cases.public import WARNINGS
from onegrid.dispatch.rules.escalation import REACHED_FROM, OnDuty, Rung, responsible, told_at

ROADS = UUID(int=100)
TOWN, GRID, OTHER = "330304/010", "330304/010/001/001", "330304/010/001/002"

people = st.frozensets(st.integers(0, 9).map(lambda number: UUID(int=number)), max_size=4)
presences = st.dictionaries(st.sampled_from(Rung), people)
shares = st.sampled_from(WARNINGS)


def on_duty(number, role, area=TOWN):
    return OnDuty(UUID(int=number), f"{role}-{number}", role, ROADS, area)


@given(presences, shares, shares)
def test_a_greater_share_reaches_everybody_that_a_smaller_one_does(present, one, other):
    assert told_at(min(one, other), present) <= told_at(max(one, other), present)


@given(presences, shares)
def test_nobody_falls_through_as_long_as_anybody_is_there(present, share):
    assert bool(told_at(share, present)) == any(present.values())


@given(presences, shares)
def test_who_stands_above_is_told_only_where_nobody_below_is_there(present, share):
    above = set().union(*(present.get(rung, ()) for rung in Rung if REACHED_FROM[rung] > share))
    below = set().union(*(present.get(rung, ()) for rung in Rung if REACHED_FROM[rung] <= share))

    assert told_at(share, present) - below <= above
    assert not below or told_at(share, present) == below


def test_every_share_of_the_clocks_reaches_one_more_rung():
    assert sorted(REACHED_FROM.values()) == list(WARNINGS)


def test_the_assignee_alone_while_they_work_there():
    unit = [on_duty(1, Role.HANDLER), on_duty(2, Role.HANDLER)]

    assert responsible(unit, permission="cases.handle", area_path=GRID, assignee=UUID(int=2)) == {UUID(int=2)}


def test_all_who_can_act_where_the_assignee_has_left():
    unit = [on_duty(1, Role.HANDLER), on_duty(2, Role.HANDLER)]

    assert len(responsible(unit, permission="cases.handle", area_path=GRID, assignee=UUID(int=9))) == 2


@pytest.mark.parametrize(("roles", "heard"), [((Role.HANDLER, Role.UNIT_HEAD), {0}), ((Role.UNIT_HEAD,), {0})])
def test_the_head_hears_only_where_nobody_else_can_act(roles, heard):
    unit = [on_duty(number, role) for number, role in enumerate(roles)]

    assert responsible(unit, permission="cases.handle", area_path=GRID) == {UUID(int=number) for number in heard}


def test_the_grid_worker_of_the_grid_and_not_those_beside():
    team = [on_duty(1, Role.GRID_WORKER, GRID), on_duty(2, Role.GRID_WORKER, OTHER)]

    assert responsible(team, permission="cases.handle", area_path=GRID) == {UUID(int=1)}


def test_the_whole_team_where_the_grid_has_nobody():
    team = [on_duty(1, Role.GRID_WORKER, OTHER), on_duty(2, Role.GRID_WORKER, OTHER)]

    assert len(responsible(team, permission="cases.handle", area_path=GRID)) == 2
