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


@pytest.mark.parametrize("order", Order)
def test_leads_through_a_search_beyond_what_is_counted(order, district, people, monkeypatch):
    monkeypatch.setattr("onegrid.cases.readers.neighbors.FOUND", 2)
    for hours in range(4):
        moment = MORNING + timedelta(hours=hours)
        make_case(district, stage_due_at=moment, reported_at=moment)
    Case.objects.update(search=vector("雨水井盖断裂"))
    asked = Selection(text="井盖", is_open=True)
    one, two, three, four = (row.number for row in queue_page(asked, order=order, by=people.leader, at=MORNING).rows)

    found = [beside(number, people, order, asked) for number in (one, two, three, four)]

    assert [(each.previous, each.next, each.place) for each in found] == [
        ("", two, 1), (one, three, 2), (two, four, 3), (three, "", 4)
    ]  # fmt: skip
    assert [(each.whole, each.most) for each in found] == [(2, 2), (2, 2), (4, 1000), (4, 1000)]


def test_names_the_first_that_a_search_finds_after_a_case_that_it_does_not(district, people):
    found, other = make_case(district), make_case(district)
    Case.objects.filter(pk=found.pk).update(search=vector("雨水井盖断裂"))

    walk = beside(other.number, people, Order.DUE, Selection(text="井盖"))

    assert (walk.previous, walk.next, walk.place, walk.whole) == ("", found.number, 0, 1)


def test_takes_one_statement(district, people, django_assert_num_queries):
    case = make_case(district)
    beside(case.number, people, Order.DUE)

    with django_assert_num_queries(1):
        neighbors(EVERYTHING, order=Order.DUE, case=case, by=people.leader, at=MORNING)
