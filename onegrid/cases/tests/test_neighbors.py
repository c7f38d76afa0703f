"""Where a case stands in a list."""

from datetime import timedelta

import pytest

from onegrid.cases.models import Case
from onegrid.cases.readers.neighbors import neighbors
from onegrid.cases.readers.parts import Order
from onegrid.cases.readers.queue import queue_page
from onegrid.cases.readers.selection import Selection
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.core.search import vector

EVERYTHING = Selection()


def beside(number, people, order, selection=EVERYTHING):
    case = Case.objects.get(number=number)
    return neighbors(selection, order=order, case=case, by=people.leader, at=MORNING)


@pytest.mark.parametrize(
    "selection",
    [EVERYTHING, Selection(text="井盖"), Selection(is_open=True)],
    ids=["everything", "words", "open"],
)
@pytest.mark.parametrize("order", Order)
def test_agrees_with_the_list_also_where_due_times_are_equal_or_missing(district, people, order, selection):
    for hours in (3, 1, 1, 2):
        make_case(district, stage_due_at=MORNING + timedelta(hours=hours))
    for days in (1, 2, 2):
        reported_at = MORNING - timedelta(days=days)
        make_case(district, stage_due_at=None, reported_at=reported_at)
        make_case(district, status=Status.CLOSED, stage_due_at=None, reported_at=reported_at)
    Case.objects.update(search=vector("雨水井盖断裂"))
    listed = [row.number for row in queue_page(selection, order=order, by=people.leader, at=MORNING).rows]

    found = [beside(number, people, order, selection) for number in listed]

    assert [one.previous for one in found] == ["", *listed[:-1]]
    assert [one.next for one in found] == [*listed[1:], ""]
    whole = 7 if selection.is_open else 10
    assert [one.place for one in found] == list(range(1, whole + 1))
    assert {one.whole for one in found} == {whole}


def test_names_the_first_of_the_list_after_a_case_that_is_not_in_it(district, people):
    listed, other = make_case(district), make_case(district, status=Status.CLOSED)

    found = beside(other.number, people, Order.DUE, Selection(is_open=True))

    assert (found.previous, found.next, found.place, found.whole) == ("", listed.number, 0, 1)


def test_takes_one_statement(district, people, django_assert_num_queries):
    case = make_case(district)
    beside(case.number, people, Order.DUE)

    with django_assert_num_queries(1):
        neighbors(EVERYTHING, order=Order.DUE, case=case, by=people.leader, at=MORNING)
