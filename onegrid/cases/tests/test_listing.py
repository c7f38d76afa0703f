"""The list of cases, page by page."""

import pytest

from onegrid.cases.readers.listing import listing
from onegrid.cases.readers.parts import Order
from onegrid.cases.readers.selection import Due, Scope, Selection
from onegrid.cases.states import Stage, Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.core.pagination import UnknownCursorError


def numbers(slice_):
    return [case.number for case in slice_.rows]


def walk(order, people, limit=2):
    after, found = "", []
    for _ in range(10):
        page = listing(Selection(), order=order, by=people.leader, at=MORNING, after=after, limit=limit)
        found += numbers(page)
        after = page.next_after
        if not after:
            break
    return found


@pytest.mark.parametrize("order", Order)
def test_walks_over_every_case_once(district, people, order):
    expected = {make_case(district).number for _ in range(3)}
    expected |= {make_case(district, status=Status.CLOSED).number for _ in range(3)}

    found = walk(order, people)

    assert len(found) == len(set(found)) == 6
    assert set(found) == expected


def test_puts_the_case_due_soonest_first_and_those_without_a_limit_last(district, people):
    ended = make_case(district, status=Status.CLOSED)
    later = make_case(district, stage_due_at=MORNING.replace(hour=9))
    sooner = make_case(district, stage_due_at=MORNING.replace(hour=3))

    assert walk(Order.DUE, people, limit=1) == [sooner.number, later.number, ended.number]


@pytest.mark.parametrize("after", ["x", "!!", "W10", "WyJkdWUiLG51bGwsMV0", "é", "A" * 500])
def test_refuses_a_place_that_it_did_not_give_out(district, people, after):
    with pytest.raises(UnknownCursorError):
        listing(Selection(), order=Order.NEWEST, by=people.leader, at=MORNING, after=after)


@pytest.mark.parametrize(
    ("selection", "is_found"),
    [
        (Selection(statuses=(Status.FILED,)), True),
        (Selection(statuses=(Status.REPORTED,)), False),
        (Selection(stages=(Stage.DISPATCH,)), True),
        (Selection(stages=(Stage.HANDLE,)), False),
        (Selection(area="330304"), True),
        (Selection(area="330304010001001"), True),
        (Selection(area="330304002"), False),
        (Selection(area="nowhere"), False),
        (Selection(category="roads"), True),
        (Selection(category="roads.manhole"), True),
        (Selection(category="road"), False),
        (Selection(unit="chashan-centre"), True),
        (Selection(unit="roads"), False),
        (Selection(unit="nobody"), False),
        (Selection(due=Due.LATE), False),
        (Selection(due=Due.IN_TIME), True),
        (Selection(due_before=MORNING), False),
        (Selection(is_open=True), True),
        (Selection(is_open=False), False),
        (Selection(is_urgent=True), False),
        (Selection(changed_since=MORNING), False),
        (Selection(text="没有这个词"), False),
        (Selection(scope=Scope.UNIT), False),
        (Selection(scope=Scope.LED), False),
        (Selection(scope=Scope.MINE), False),
    ],
)
def test_shows_what_is_asked_for(district, people, selection, is_found):
    make_case(district, status=Status.FILED)

    found = listing(selection, order=Order.DUE, by=people.leader, at=MORNING)

    assert bool(found.rows) == is_found


def test_finds_the_queue_of_a_unit(district, people):
    case = make_case(district, status=Status.FILED)

    found = listing(Selection(scope=Scope.UNIT), order=Order.DUE, by=people.dispatcher, at=MORNING)

    assert numbers(found) == [case.number]
