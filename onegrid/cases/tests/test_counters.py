"""The counters of the areas: what they say is what the rows say, whoever writes and whenever somebody folds."""

from collections import Counter, defaultdict
from datetime import timedelta
from itertools import count

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onegrid.cases.actions.fold_counters import fold_counters, rebuild_counters
from onegrid.cases.models import AreaChange, AreaCounter, AreaHorizon, Case, Channel
from onegrid.cases.readers.selection import Due, Scope, Selection, selected
from onegrid.cases.readers.tally import are_kept, differences, tally
from onegrid.cases.states import Outcome, Stage, Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.core.bulk import copy_rows
from onegrid.core.ids import new_id

HOUR = timedelta(hours=1)
EVERYTHING = Selection()
OPEN = Selection(is_open=True)
_numbers = count(1)


def case_row(district, *, grid="grid", closed=False, urgent=False, channel=Channel.PORTAL, due=1):
    """Return a case that is not written yet; `due` is hours from nine o'clock, nothing once it is closed."""
    where = getattr(district.areas, grid)
    _district, township, community, code = where.path.split("/")
    return Case(
        id=new_id(), number=f"OG-{next(_numbers):06d}", title="井盖破损", channel=channel, place=where.label_at,
        original_x=0, original_y=0, original_system="wgs84", grid=where, grid_code=code, community_code=community,
        township_code=township, area_path=where.path, grid_name="", community_name="", township_name="",
        status=Status.CLOSED if closed else Status.REPORTED, outcome=Outcome.FIXED if closed else "",
        ended_at=MORNING if closed else None, is_urgent=urgent, reported_at=MORNING, received_at=MORNING,
        stage_started_at=MORNING, stage_due_at=None if closed or due is None else MORNING + due * HOUR, search="",
    )  # fmt: skip


def counted(selection, *, by, at, hours=12):
    found = defaultdict(lambda: (0, 0, 0))
    for row in tally(selection, by=by, at=at, until=at + hours * HOUR):
        cases, due, late = found[row.grid_code]
        found[row.grid_code] = cases + row.cases, due + row.due, late + row.late
    return dict(found)


def by_hand(cases, *, at, hours=12):
    """Count the same in Python."""
    found = Counter()
    for code, due in cases.values_list("grid_code", "stage_due_at"):
        found[code, "cases"] += 1
        found[code, "due"] += due is not None and at <= due < at + hours * HOUR
        found[code, "late"] += due is not None and due < at
    return {code: (found[code, "cases"], found[code, "due"], found[code, "late"]) for code, _which in found}


GRIDS = st.sampled_from(["grid", "beside", "elsewhere"])
DUES = st.none() | st.integers(-30, 30)
ROWS = st.builds(
    dict, grid=GRIDS, closed=st.booleans(), urgent=st.booleans(), due=DUES, channel=st.sampled_from(Channel)
)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "is_urgent": st.booleans(),
        "is_simulated": st.booleans(),
        "title": st.just("路灯不亮"),
        "stage_due_at": DUES.map(lambda hours: None if hours is None else MORNING + hours * HOUR),
        "grid_code": st.sampled_from(["330304010001001", "330304010001009"]),
        "channel": st.sampled_from(Channel),
    },
).filter(bool)
STEPS = st.one_of(
    st.tuples(st.just("insert"), ROWS),
    st.tuples(st.just("copy"), st.lists(ROWS, min_size=1, max_size=5)),
    st.tuples(st.just("update"), st.integers(1, 4), CHANGES),
    st.tuples(st.just("close"), st.integers(1, 3)),
    st.tuples(st.just("delete"), st.integers(1, 3)),
    st.tuples(st.just("fold"), st.integers(-30, 30)),
)


def some(part):
    """Return every so-many-th case."""
    return Case.objects.filter(pk__in=list(Case.objects.order_by("pk").values_list("pk", flat=True))[::part])


STEP = {
    "insert": lambda district, row: case_row(district, **row).save(force_insert=True),
    "copy": lambda district, rows: copy_rows([case_row(district, **row) for row in rows]),
    "update": lambda _district, part, change: some(part).update(**change),
    "close": lambda _district, part: some(part).update(
        status=Status.CLOSED, outcome=Outcome.FIXED, ended_at=MORNING, stage_due_at=None
    ),
    "delete": lambda _district, part: some(part).delete(),
    "fold": lambda _district, hours: fold_counters(at=MORNING + hours * HOUR),
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=1, max_size=8), hours=st.integers(-30, 30))
def test_say_what_the_rows_say_after_anything(steps, hours, district, people):
    at = MORNING + hours * HOUR
    for model in (Case, AreaCounter, AreaChange, AreaHorizon):
        model.objects.all().delete()
    for name, *arguments in steps:
        STEP[name](district, *arguments)

    assert differences() == []
    assert counted(EVERYTHING, by=people.leader, at=at) == by_hand(Case.objects.all(), at=at)
    assert counted(OPEN, by=people.leader, at=at) == by_hand(Case.objects.open(), at=at)


def test_are_exact_before_and_after_they_are_folded(district, people):
    copy_rows([case_row(district, due=-1), case_row(district, due=2), case_row(district, grid="elsewhere", due=None)])

    before = counted(OPEN, by=people.leader, at=MORNING)
    fold_counters(at=MORNING)

    assert before == {"330304010001001": (2, 1, 1), "330304002001001": (1, 0, 0)}
    assert counted(OPEN, by=people.leader, at=MORNING) == before
    assert AreaChange.objects.count() == 0


def test_notice_what_becomes_late_while_nobody_writes(district, people):
    copy_rows([case_row(district, due=1)])
    fold_counters(at=MORNING)

    assert counted(OPEN, by=people.leader, at=MORNING + 2 * HOUR) == {"330304010001001": (1, 0, 1)}
    fold_counters(at=MORNING + 2 * HOUR)
    assert AreaCounter.objects.get().late == 1
    assert counted(OPEN, by=people.leader, at=MORNING + 2 * HOUR) == {"330304010001001": (1, 0, 1)}


def test_stay_as_they_are_when_a_change_does_not_concern_them(district):
    make_case(district)
    fold_counters(at=MORNING)

    Case.objects.update(title="路灯不亮", version=2)

    assert AreaChange.objects.count() == 0


def test_are_emptied_with_the_cases(district):
    copy_rows([case_row(district), case_row(district)])
    fold_counters(at=MORNING)
    copy_rows([case_row(district)])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE cases_case ENABLE TRIGGER cases_case_emptied_is_counted")
        cursor.execute("TRUNCATE cases_case CASCADE")

    assert (AreaCounter.objects.count(), AreaChange.objects.count()) == (0, 0)


def test_a_counter_somebody_changed_is_named_and_mended(district):
    copy_rows([case_row(district), case_row(district, grid="beside", urgent=True, due=None)])
    fold_counters(at=MORNING)
    AreaCounter.objects.filter(grid_code="330304010001002").update(cases=7, late=3)

    (found,) = differences()

    assert (found.grid_code, found.status, found.channel, found.is_urgent) == (
        "330304010001002", Status.REPORTED, Channel.PORTAL, True,
    )  # fmt: skip
    assert (found.kept, found.cases, found.kept_late, found.late) == (7, 1, 3, 0)
    assert rebuild_counters(at=MORNING) == 2
    assert differences() == []


def test_a_counter_of_cases_that_nobody_counted_is_named_and_mended(district):
    copy_rows([case_row(district)])
    AreaChange.objects.all().delete()

    assert [(found.kept, found.cases) for found in differences()] == [(0, 1)]
    rebuild_counters(at=MORNING)
    assert differences() == []


def test_count_anew_forgets_what_there_is_no_more(district):
    copy_rows([case_row(district)])
    fold_counters(at=MORNING)
    Case.objects.all().delete()

    assert rebuild_counters(at=MORNING) == 0
    assert differences() == []


@pytest.mark.parametrize(
    "selection",
    [
        Selection(is_open=False),
        Selection(statuses=(Status.CLOSED,)),
        Selection(stages=(Stage.ACCEPT,)),
        Selection(area="330304010"),
        Selection(area="330304010001"),
        Selection(area="330304"),
        Selection(area="nowhere"),
        Selection(due=Due.LATE),
        Selection(is_urgent=True, is_simulated=False),
        Selection(channel=Channel.PHONE),
    ],
)
def test_know_these_questions_and_answer_as_the_rows_do(selection, district, people):
    rows = [
        case_row(district, grid=grid, closed=closed, urgent=urgent, due=due, channel=channel)
        for grid in ("grid", "elsewhere")
        for closed, urgent, due, channel in (
            (False, True, -2, Channel.PHONE), (False, False, 3, Channel.DESK), (True, True, 0, Channel.PHONE),
        )
    ]  # fmt: skip
    copy_rows(rows[:4])
    fold_counters(at=MORNING - HOUR)
    copy_rows(rows[4:])

    assert are_kept(selection)
    assert counted(selection, by=people.leader, at=MORNING) == by_hand(
        selected(selection, by=people.leader, at=MORNING), at=MORNING
    )


@pytest.mark.parametrize(
    "selection",
    [
        Selection(category="roads"),
        Selection(text="井盖"),
        Selection(unit="roads"),
        Selection(due=Due.IN_TIME),
        Selection(due_before=MORNING),
        Selection(reported_from=MORNING),
        Selection(changed_since=MORNING),
        Selection(scope=Scope.UNIT),
    ],
)
def test_leave_these_questions_to_the_rows(selection):
    assert not are_kept(selection)


def test_count_for_an_officer_of_a_township_also_their_own_reports_elsewhere(district, people):
    copy_rows([case_row(district), case_row(district, grid="elsewhere")])
    fold_counters(at=MORNING)
    own, other = case_row(district), case_row(district, grid="beside")
    own.reported_by = people.stranger
    copy_rows([own, other])

    found = counted(OPEN, by=people.stranger, at=MORNING)

    assert found == {"330304002001001": (1, 1, 0), "330304010001001": (1, 1, 0)}


def test_count_for_a_unit_what_it_leads_and_holds(district, people):
    make_case(district, status=Status.DISPATCHED)
    make_case(district)

    assert {code: counts[0] for code, counts in counted(OPEN, by=people.handler, at=MORNING).items()} == {
        "330304010001001": 1
    }


def test_ask_one_statement(district, people, django_assert_num_queries):
    make_case(district)
    counted(OPEN, by=people.stranger, at=MORNING)

    with django_assert_num_queries(1):
        counted(OPEN, by=people.stranger, at=MORNING)
