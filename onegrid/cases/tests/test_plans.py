"""How PostgreSQL looks for the rows of a list: by an index, never through every case there is."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onegrid.cases.models import Case, Channel
from onegrid.cases.readers.parts import Last, Order, parts
from onegrid.cases.readers.queue import queue_counts, queue_page
from onegrid.cases.readers.selection import Scope, Selection
from onegrid.cases.readers.spread import Share, Spread, spread_of
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.core.search import vector
from onegrid.geography.public import Level

MANY = 4000
ENDED = Selection(scope=Scope.ALL)
OPEN = Selection(scope=Scope.ALL, is_open=True)


@pytest.fixture
def crowd(district, people):
    """A year of cases that ended, some that did not, none of them the fire brigade's."""
    for case, count in ((make_case(district, status=Status.CLOSED), MANY), (make_case(district), MANY // 2)):
        copied = {field.column: field.column for field in Case._meta.concrete_fields}
        copied |= {"id": "gen_random_uuid()", "number": f"'{case.number}' || n", "source_key": "NULL"}
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO cases_case ({', '.join(copied)}) SELECT {', '.join(copied.values())}"  # noqa: S608  # ours
                f" FROM cases_case, generate_series(1, {count}) AS n WHERE number = '{case.number}'"
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_case")
    return people


def plan_of(ask):
    ask()
    with CaptureQueriesContext(connection) as captured:
        ask()
    asked = (query["sql"] for query in captured)
    statement = next(sql for sql in asked if '"cases_case"' in sql and "WITH cases_case AS" not in sql)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {statement}")
        return "\n".join(row[0] for row in cursor.fetchall())


@pytest.mark.parametrize(
    ("selection", "order", "index"),
    [
        (OPEN, Order.DUE, "case_due"),
        (ENDED, Order.DUE, "case_due"),
        (ENDED, Order.NEWEST, "case_reported"),
    ],
)
def test_walk_an_index_in_the_order_of_the_list(selection, order, index, crowd):
    plan = plan_of(lambda: queue_page(selection, order=order, by=crowd.leader, at=MORNING))

    assert index in plan
    assert "Seq Scan on cases_case" not in plan
    assert "Sort" not in plan


@pytest.mark.parametrize("selection", [OPEN, ENDED])
@pytest.mark.parametrize("order", Order)
def test_find_the_cases_of_a_unit_by_its_indexes(selection, order, crowd):
    plan = plan_of(lambda: queue_page(selection, order=order, by=crowd.fireman, at=MORNING))

    assert "BitmapOr" in plan
    assert "Seq Scan on cases_case" not in plan


def test_count_the_cases_of_a_unit_by_its_indexes(crowd):
    plan = plan_of(lambda: queue_counts(OPEN, by=crowd.fireman, at=MORNING))

    assert "hashed SubPlan" not in plan
    assert "Seq Scan on cases_case" not in plan


def test_look_at_where_each_case_of_a_unit_stands_and_lay_out_nothing_else(crowd):
    """To lay out all that stand there in the district takes longer."""
    asked = Selection(scope=Scope.UNIT, statuses=(Status.DISPATCHED,))

    plan = plan_of(lambda: queue_counts(asked, by=crowd.fireman, at=MORNING))

    besides = [part for part in plan.split("InitPlan") if "COALESCE(status, status)" in part]
    assert besides
    assert not any("case_status" in part for part in besides)


@pytest.mark.parametrize(
    ("selection", "order", "index"),
    [
        (Selection(statuses=(Status.REFUSED,)), Order.DUE, "case_status"),
        (Selection(statuses=(Status.CLOSED,)), Order.DUE, "case_status"),
        (Selection(channel=Channel.PHONE), Order.NEWEST, "case_channel"),
        (Selection(is_urgent=True), Order.NEWEST, "case_urgent"),
        (Selection(is_simulated=True), Order.NEWEST, "case_simulated"),
    ],
)
def test_find_what_is_rare_by_an_index_of_its_own(selection, order, index, crowd):
    plan = plan_of(lambda: queue_page(selection, order=order, by=crowd.leader, at=MORNING))

    assert index in plan
    assert "Seq Scan on cases_case" not in plan


@pytest.fixture
def words(crowd):
    """Nearly every case speaks of a manhole, one of something else."""
    Case.objects.update(search=vector("雨水井盖断裂"))
    rare = Case.objects.order_by("pk")[0]
    Case.objects.filter(pk=rare.pk).update(search=vector("古榕树倾斜"))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_case")
    return crowd


@pytest.mark.parametrize("order", Order)
def test_look_case_by_case_for_a_word_that_nearly_all_hold(order, words):
    plan = plan_of(lambda: queue_page(Selection(text="雨水井盖"), order=order, by=words.leader, at=MORNING))

    assert "case_search" not in plan
    assert "Seq Scan on cases_case" not in plan


@pytest.mark.parametrize("order", Order)
def test_walk_the_list_where_signs_alone_are_searched(order, words):
    """They find everything, which nobody should gather and sort."""
    plan = plan_of(lambda: queue_page(Selection(text="…"), order=order, by=words.leader, at=MORNING))

    assert "COALESCE" not in plan
    assert "Seq Scan on cases_case" not in plan


def test_gather_what_is_open_for_a_word_that_many_hold(words):
    """Where in the order of the list it stands nobody can tell."""
    newest = Case.objects.order_by("-reported_at", "-pk").values_list("pk", flat=True)[:100]
    Case.objects.filter(pk__in=list(newest)).update(search=vector("共享单车乱停"))

    plan = plan_of(lambda: queue_page(Selection(text="单车"), order=Order.DUE, by=words.leader, at=MORNING))

    assert "Sort Key: (COALESCE(stage_due_at, stage_due_at))" in plan


def test_ask_the_index_of_open_cases_for_what_is_said_when_cases_are_closed(words):
    """Nearly all that are over hold it, and one that is open: to gather all of them takes a hundred times as long."""
    Case.objects.filter(ended_at__isnull=False).update(search=vector("处理完毕"))
    again = Case.objects.filter(ended_at__isnull=True).order_by("pk")[0]
    Case.objects.filter(pk=again.pk).update(search=vector("处理完毕"))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_case")
    asked, spread = Selection(text="处理完毕", is_open=True), Spread(open=Share.FEW, ended=Share.MOST)

    plan = plan_of(lambda: queue_page(asked, order=Order.DUE, by=words.leader, at=MORNING, spread=spread))

    assert "case_open_search" in plan
    assert "on case_search" not in plan
    assert queue_counts(asked, by=words.leader, at=MORNING, spread=spread).everything == 1


@pytest.mark.parametrize("order", Order)
def test_gather_what_a_rare_word_finds(order, words):
    plan = plan_of(lambda: queue_page(Selection(text="古榕树"), order=order, by=words.leader, at=MORNING))

    assert "Sort Key: (COALESCE(" in plan
    assert "Seq Scan on cases_case" not in plan


@pytest.mark.parametrize(
    ("who", "area", "level", "gathered"),
    [
        ("leader", "", None, 0),
        ("leader", "330304010", Level.TOWNSHIP, 0),
        ("acceptor", "", None, 1),  # what somebody sees besides a township
        ("handler", "", None, 2),  # what they reported, and what their unit helps with or is heard on
        ("grid_worker", "", None, 1),
        ("grid_worker", "330304010", Level.TOWNSHIP, 1),
        ("leader", "330304010001", Level.COMMUNITY, 0),
    ],
)
def test_walk_through_what_is_over_only_where_an_index_has_the_order(who, area, level, gathered, words):
    """Else the walk would lead through everybody's cases, and what these often hold, theirs may not."""
    last = Last(None, MORNING + timedelta(days=1), UUID(int=0))
    (what_is_over,) = parts(Order.DUE, is_open=None, last=last)
    some = Spread(open=Share.SOME, ended=Share.SOME)

    found = what_is_over.first(
        Selection(text="雨水井盖", area=area, area_level=level),
        fields=["reported_at", "pk"], limit=50, by=getattr(words, who), at=MORNING, spread=some,
    )  # fmt: skip

    assert found.explain().count("Sort Key: (COALESCE(") == gathered


def test_count_words_where_one_looks(words, district):
    """What a street is called is said where it lies: the whole district's share would lead a search astray."""
    make_case(district, grid=district.areas.elsewhere)
    Case.objects.filter(township_name="梧田街道").update(search=vector("梧田老街"))

    here = spread_of(Selection(text="雨水井盖", area="330304010", area_level=Level.TOWNSHIP), by=words.leader)
    there = spread_of(Selection(text="雨水井盖", area="330304002", area_level=Level.TOWNSHIP), by=words.leader)

    assert (here, there) == (Spread(Share.MOST, Share.MOST), Spread(Share.FEW, Share.FEW))


def test_count_words_among_what_is_asked_for(words):
    """Nearly every case speaks of manholes, and none of those that are asked for: a walk would not end."""
    asked = Selection(text="雨水井盖", category="roads.lamp")

    assert spread_of(asked, by=words.leader) == Spread(Share.FEW, Share.FEW)
    assert spread_of(replace(asked, category=""), by=words.leader) == Spread(Share.MOST, Share.MOST)


def test_count_words_among_what_a_unit_leads(words, district):
    """Of one unit, for an index has the order of what it leads; for nobody else one statement is spent."""
    Case.objects.update(lead_unit=district.units.fire)
    of_roads = make_case(district, lead_unit=district.units.roads, status=Status.CLOSED, ended_at=MORNING)
    Case.objects.filter(pk=of_roads.pk).update(search=vector("路面塌陷"))

    assert spread_of(Selection(text="雨水井盖"), by=words.fireman) == Spread(Share.MOST, Share.MOST)
    assert spread_of(Selection(text="路面塌陷"), by=words.fireman) == Spread(Share.FEW, Share.FEW)


@pytest.mark.parametrize(
    ("who", "asked"),
    [
        ("acceptor", Selection()),
        ("grid_worker", Selection()),
        ("fireman", Selection()),
        ("leader", Selection(area="330304002", area_level=Level.TOWNSHIP)),
    ],
)
def test_tell_the_index_of_words_where_one_looks(who, asked, words):
    """What is common elsewhere is found at once where it is not: no other index is laid over it."""
    asked, by = replace(asked, text="雨水井盖"), getattr(words, who)

    plan = plan_of(lambda: queue_counts(asked, by=by, at=MORNING, spread=Spread(Share.FEW, Share.FEW)))

    (condition, *_) = (line for line in plan.splitlines() if "Index Cond: ((search @@" in line)
    assert "&&" in condition


@pytest.mark.parametrize("text", ["雨水井盖", "古榕树", "雨", "不存在"])
@pytest.mark.parametrize("who", ["leader", "acceptor", "grid_worker", "handler", "fireman", "coordinator"])
def test_everybody_finds_and_counts_the_same_however_common_words_are_taken_to_be(who, text, words, district):
    """Against every case that they may see and that holds the words, one by one."""
    people, units, areas = words, district.units, district.areas
    for grid, lead, by in product((areas.grid, areas.elsewhere), (units.fire, units.roads, None), (who, "leader")):
        case = make_case(district, grid=grid, lead_unit=lead, reported_by=getattr(people, by))
        Case.objects.filter(pk=case.pk).update(search=vector("雨水井盖断裂" if lead else "古榕树倾斜"))
    by = getattr(people, who)
    seen = Case.objects.visible_to(by).matching(text)
    expected = set(seen.values_list("pk", flat=True))

    for order, share in product(Order, Share):
        spread = Spread(share, share)
        page = queue_page(Selection(text=text), order=order, by=by, at=MORNING, limit=10_000, spread=spread)
        counts = queue_counts(Selection(text=text), by=by, at=MORNING, spread=spread)

        assert len(page.rows) == len(expected)
        assert {row.id for row in page.rows} == expected
        assert counts.everything == min(len(expected), 100)


@pytest.mark.parametrize(
    "ask",
    [
        lambda by: queue_page(Selection(text="古榕树"), order=Order.DUE, by=by, at=MORNING),
        lambda by: queue_counts(Selection(text="古榕树"), by=by, at=MORNING),
    ],
)
def test_look_into_the_few_that_hold_a_rare_word_and_lay_out_nothing_else(ask, words):
    """To lay out everything that is open takes longer than that."""
    plan = plan_of(lambda: ask(words.leader))

    assert "COALESCE(stage_due_at, stage_due_at)" in plan
    assert "case_due" not in plan
    assert "case_open_township" not in plan


@pytest.mark.parametrize("text", ["古榕树", "雨水井盖"])
def test_count_what_is_late_however_they_look(text, words):
    """The rare word is of a case that is open and late, and of one that is over."""
    Case.objects.filter(ended_at__isnull=True).update(stage_due_at=MORNING - timedelta(hours=1))
    for case in (Case.objects.filter(ended_at__isnull=True).first(), Case.objects.filter(ended_at__isnull=False)[0]):
        Case.objects.filter(pk=case.pk).update(search=vector("古榕树倾斜"))

    counts = queue_counts(Selection(text=text), by=words.leader, at=MORNING)

    held = Case.objects.matching(text)
    assert counts.late == min(held.filter(ended_at__isnull=True).count(), 100) > 0


@pytest.mark.parametrize(("text", "found"), [("雨水井盖", 50), ("古榕树", 1), ("不存在", 0), ("…", 50)])
def test_find_the_same_however_they_look(text, found, words):
    page = queue_page(Selection(text=text), order=Order.DUE, by=words.leader, at=MORNING)

    assert len(page.rows) == found


def test_stop_counting_early_where_words_are_searched(words):
    counts = queue_counts(Selection(text="雨水井盖"), by=words.leader, at=MORNING)

    assert (counts.everything, counts.most) == (100, 100)


def test_ask_one_statement_more_for_words(words, django_assert_num_queries):
    queue_counts(OPEN, by=words.leader, at=MORNING)

    with django_assert_num_queries(2):
        queue_counts(Selection(text="雨水井盖"), by=words.leader, at=MORNING)
