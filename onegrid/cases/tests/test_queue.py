"""The lean work list of a desk."""

from datetime import timedelta

import pytest

from onegrid.cases.models import Case
from onegrid.cases.readers.listing import listing
from onegrid.cases.readers.parts import Order
from onegrid.cases.readers.queue import queue_counts, queue_page, queue_rows
from onegrid.cases.readers.selection import Scope, Selection
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.core.pagination import UnknownCursorError
from onegrid.core.search import vector

EVERYTHING = Selection()


def walk(people, order, limit=2):
    after, found = "", []
    while True:
        page = queue_page(EVERYTHING, order=order, by=people.leader, at=MORNING, after=after, limit=limit)
        found += [row.number for row in page.rows]
        after = page.next_after
        if not after:
            return found


@pytest.mark.parametrize("order", Order)
def test_shows_every_case_once_also_when_due_times_are_equal(district, people, order):
    expected = [make_case(district).number for _ in range(5)]
    expected += [make_case(district, status=Status.CLOSED).number for _ in range(3)]

    found = walk(people, order)

    assert sorted(found) == sorted(expected)


def test_keeps_its_place_when_cases_come_in_meanwhile(district, people):
    for _ in range(4):
        make_case(district)
    first = queue_page(EVERYTHING, order=Order.DUE, by=people.leader, at=MORNING, limit=2)
    make_case(district, stage_due_at=MORNING - timedelta(days=1))

    second = queue_page(EVERYTHING, order=Order.DUE, by=people.leader, at=MORNING, after=first.next_after, limit=2)

    assert {row.id for row in first.rows} & {row.id for row in second.rows} == set()
    assert len(second.rows) == 2


def test_puts_cases_without_a_due_moment_last(district, people):
    undated = make_case(district, stage_due_at=None)
    dated = [make_case(district).number for _ in range(3)]

    assert walk(people, Order.DUE) == [*dated, undated.number]


@pytest.mark.parametrize(("asked", "statements"), [(Selection(is_open=True), 2), (EVERYTHING, 3)])
def test_takes_one_statement_for_a_page_of_open_cases_and_one_for_the_counts(
    asked, statements, district, people, django_assert_num_queries
):
    make_case(district)
    list(people.acceptor.duties.all())
    queue_page(asked, order=Order.DUE, by=people.acceptor, at=MORNING)

    with django_assert_num_queries(statements):
        queue_page(asked, order=Order.DUE, by=people.acceptor, at=MORNING)
        queue_counts(asked, by=people.acceptor, at=MORNING)


@pytest.mark.parametrize("text", ["", "井盖"])
@pytest.mark.parametrize("read", [queue_page, listing])
def test_shows_of_what_is_over_what_was_reported_last_behind_what_is_due(read, text, district, people):
    days = [3, 1, 4, 2]
    over = [
        make_case(district, status=Status.CLOSED, stage_due_at=None, reported_at=MORNING - timedelta(days=day))
        for day in days
    ]
    due = make_case(district)
    Case.objects.update(search=vector("雨水井盖断裂"))
    latest_first = [due.number, *(over[place].number for place in (1, 3, 0, 2))]

    found, after = [], ""
    while after or not found:
        page = read(Selection(text=text), order=Order.DUE, by=people.leader, at=MORNING, after=after, limit=2)
        found, after = found + [row.number for row in page.rows], page.next_after

    assert found == latest_first
    rows = queue_rows(Selection(text=text), numbers=found, order=Order.DUE, by=people.leader, at=MORNING)
    assert [row.number for row in rows] == latest_first


def test_refuses_a_place_of_another_order(district, people):
    for _ in range(2):
        make_case(district)
    page = queue_page(EVERYTHING, order=Order.NEWEST, by=people.leader, at=MORNING, limit=1)

    with pytest.raises(UnknownCursorError):
        queue_page(EVERYTHING, order=Order.DUE, by=people.leader, at=MORNING, after=page.next_after)


def test_counts_what_waits_for_me_for_my_unit_and_below(district, people):
    make_case(district)
    make_case(district, status=Status.FILED)
    make_case(district, status=Status.IN_PROGRESS)

    counts = queue_counts(Selection(scope=Scope.ALL), by=people.dispatcher, at=MORNING + timedelta(days=2))

    assert (counts.mine, counts.unit, counts.everything, counts.late) == (1, 2, 3, 3)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("acceptor", Status.REPORTED),
        ("shift_lead", Status.ACCEPTED),
        ("dispatcher", Status.FILED),
        ("handler", Status.DISPATCHED),
        ("verifier", Status.HANDLED),
        ("shift_lead", Status.VERIFIED),
    ],
)
def test_mine_is_what_my_role_acts_on(district, people, role, status):
    case = make_case(district, status=status)

    page = queue_page(Selection(scope=Scope.MINE), order=Order.DUE, by=getattr(people, role), at=MORNING)

    assert [row.number for row in page.rows] == [case.number]


def test_hides_cases_of_elsewhere(district, people):
    make_case(district)

    page = queue_page(EVERYTHING, order=Order.DUE, by=people.stranger, at=MORNING)

    assert page.rows == []


@pytest.mark.parametrize("asked", [{"area": "nowhere"}, {"category": "nothing"}, {"unit": "nobody"}])
def test_counts_nothing_where_the_address_names_what_there_is_not(asked, district, people):
    make_case(district)
    selection = Selection(scope=Scope.ALL, **asked)

    counts = queue_counts(selection, by=people.leader, at=MORNING)

    assert (counts.everything, queue_page(selection, order=Order.DUE, by=people.leader, at=MORNING).rows) == (0, [])


@pytest.mark.parametrize("area", ["330304010", "330304010001", "330304002", "330304"])
def test_shows_of_an_area_what_an_officer_may_see_in_it(area, district, people):
    make_case(district)
    make_case(district, grid=district.areas.elsewhere)
    own = make_case(district, reported_by=people.stranger)

    page = queue_page(Selection(scope=Scope.ALL, area=area), order=Order.DUE, by=people.stranger, at=MORNING)

    seen = {(row.number == own.number, row.township_name) for row in page.rows}
    here, there = (True, "茶山街道"), (False, "梧田街道")
    assert seen == {"330304002": {there}, "330304": {here, there}}.get(area, {here})


@pytest.mark.parametrize("read", [queue_page, listing])
@pytest.mark.parametrize("order", Order)
def test_shows_an_area_and_what_an_officer_reported_elsewhere_in_one_order(order, read, district, people):
    here, there = {}, {"grid": district.areas.elsewhere}
    due = [MORNING + timedelta(hours=hour) for hour in range(5)]
    shown = [
        make_case(district, stage_due_at=moment, reported_at=moment, reported_by=people.stranger, **grid).number
        for moment, grid in zip(due, [there, here, there, here, there], strict=True)
    ]
    make_case(district, stage_due_at=due[0], reported_at=due[0])  # somebody else's, elsewhere
    undated = make_case(district, stage_due_at=None, reported_at=due[0] - timedelta(days=1), **there).number

    page = read(EVERYTHING, order=order, by=people.stranger, at=MORNING, limit=4)
    rest = read(EVERYTHING, order=order, by=people.stranger, at=MORNING, limit=4, after=page.next_after)
    counts = queue_counts(EVERYTHING, by=people.stranger, at=due[3])

    expected = [*shown, undated] if order is Order.DUE else [*reversed(shown), undated]
    assert [row.number for row in [*page.rows, *rest.rows]] == expected
    assert (counts.everything, counts.late) == (6, 3)
