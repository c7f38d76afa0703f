"""Open cases near by that may be about the same matter."""

from datetime import timedelta

import pytest

from onegrid.cases.models import Case
from onegrid.cases.readers.similar import LOOKED_AT, Matter, matter_of, similar
from onegrid.cases.rules.similarity import Kinship, Likeness, kinship
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.core.fields import Point
from onegrid.core.search import vector

HERE = Point(120.605, 27.905)
BESIDE = Point(120.6055, 27.905)  # about fifty meters
FAR = Point(120.609, 27.905)


def numbers(found):
    return [other.case.number for other in found]


def test_the_same_words_and_kind_come_before_what_is_only_near(district, people):
    near = make_case(district, category="lamp", title="路灯不亮", description="")
    alike = make_case(district, place=BESIDE, title="井盖破损，有人绊倒", description="")
    matter = Matter(place=HERE, text="雨水井盖坏了，已经破损", category_code="roads.manhole")

    found = similar(matter, by=people.leader, at=MORNING)

    assert numbers(found) == [alike.number, near.number]
    assert found[0].likeness.kinship is Kinship.SAME
    assert list(found[0].likeness.shared) == ["井盖", "破损"]
    assert 45 < found[0].likeness.meters < 55
    assert found[1].likeness.kinship is Kinship.GROUP


def test_shows_neither_itself_nor_what_has_ended_nor_what_is_far(district, people):
    case = Case.objects.get(pk=make_case(district).pk)
    make_case(district, status=Status.CLOSED)
    make_case(district, place=FAR)

    assert similar(matter_of(case), by=people.leader, at=MORNING, besides=case.pk) == []


def test_shows_only_what_somebody_may_see(district, people):
    make_case(district)

    assert similar(Matter(place=HERE), by=people.stranger, at=MORNING) == []
    assert len(similar(Matter(place=HERE), by=people.acceptor, at=MORNING)) == 1


def test_of_two_that_are_equal_the_newer_comes_first(district, people):
    old = make_case(district, at=MORNING - timedelta(days=25))
    new = make_case(district)

    assert numbers(similar(Matter(place=HERE), by=people.leader, at=MORNING)) == [new.number, old.number]


@pytest.mark.parametrize("text", ["", "\x00", "' OR 1=1 --", "😀" * 5000, "井" * 5000])
def test_no_text_makes_it_fail(district, people, text):
    make_case(district)

    assert len(similar(Matter(place=HERE, text=text), by=people.leader, at=MORNING)) == 1


def test_takes_one_statement_however_many_lie_there(district, people, django_assert_num_queries):
    for _ in range(12):
        make_case(district)
    similar(Matter(place=HERE), by=people.acceptor, at=MORNING)

    with django_assert_num_queries(1):
        found = similar(Matter(place=HERE, text="井盖"), by=people.acceptor, at=MORNING)

    assert len(found) == 8


def test_the_same_words_are_found_where_more_lie_than_are_compared(district, people):
    """All that is reported by telephone and that nobody could place lies on one point."""
    alike = make_case(district, title="井盖破损", description="", at=MORNING - timedelta(days=3))
    Case.objects.update(search=vector("井盖破损"))
    for _ in range(LOOKED_AT):
        make_case(district, category="lamp", title="路灯不亮", description="", place=HERE)

    found = similar(Matter(place=HERE, text="井盖坏了"), by=people.leader, at=MORNING)

    assert numbers(found)[0] == alike.number


def test_is_answered_by_the_index_on_open_cases(district, people, django_assert_num_queries):
    for _ in range(3):
        make_case(district)
    similar(Matter(place=HERE), by=people.leader, at=MORNING)

    with django_assert_num_queries(1) as asked:
        similar(Matter(place=HERE), by=people.leader, at=MORNING)

    sql = asked.captured_queries[0]["sql"]

    assert "ended_at" in sql
    assert "<@" in sql
    assert "<->" in sql
    assert sql.endswith("LIMIT 60")
    assert Case.objects.count() == 3


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("roads.manhole", "roads.manhole", Kinship.SAME),
        ("roads.manhole", "roads.lamp", Kinship.GROUP),
        ("roads.manhole", "fire.passage", Kinship.NONE),
        ("dispute", "noise", Kinship.NONE),
        ("", "roads.lamp", Kinship.NONE),
    ],
)
def test_how_kinds_stand_to_each_other(one, other, expected):
    assert kinship(one, other) is expected


def test_every_likeness_weighs():
    plain = Likeness(meters=200, kinship=Kinship.NONE, shared=(), age=timedelta(days=60))
    nearer = Likeness(meters=20, kinship=Kinship.NONE, shared=(), age=timedelta(days=60))
    newer = Likeness(meters=200, kinship=Kinship.NONE, shared=(), age=timedelta(days=1))
    spoken = Likeness(meters=200, kinship=Kinship.NONE, shared=("井盖",), age=timedelta(days=60))

    assert plain.weight(reach=200) == 0
    assert all(other.weight(reach=200) > 0 for other in (nearer, newer, spoken))
