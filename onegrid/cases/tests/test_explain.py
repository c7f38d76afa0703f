"""Why a case is due when it is due, in lines that add up."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import override

from onegrid.accounts.tests.callers import Program
from onegrid.cases.actions.amend_case import recategorize_case
from onegrid.cases.actions.lifecycle import move_case
from onegrid.cases.actions.recompute_clocks import recompute_clocks
from onegrid.cases.actions.triage_case import CaseNotReadyError
from onegrid.cases.models import Case, Channel
from onegrid.cases.readers.explain import explain, explain_stages
from onegrid.cases.rules.clock_words import LineKind, length
from onegrid.cases.states import Move, Stage, Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.cases.tests.moves import MAKE
from onegrid.catalogue.models import Category, TimeUnit
from onegrid.catalogue.readers import SNAPSHOT
from onegrid.core.snapshots import bump
from onegrid.units.public import Counting
from onegrid.units.readers.directory import SNAPSHOT as UNITS
from onegrid.units.tests.factories import BY, own_day

pytestmark = pytest.mark.django_db

TUESDAY = datetime(2026, 9, 29, 7, 0, tzinfo=UTC)  # 15:00 in Wenzhou, two days before the National Day
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def working_days(district):
    """The lamp is mended within five working days."""
    Category.objects.filter(pk=district.categories.lamp.pk).update(
        time_unit=TimeUnit.WORKING_DAYS, limits={"handle": 120, "dispatch": 4, "close": 2}
    )
    bump(SNAPSHOT)


@pytest.fixture
def dispatched(district, people, working_days):
    case = make_case(district, status=Status.FILED, category="lamp", at=TUESDAY - HOUR)
    return move(case, Move.DISPATCH, district, people, TUESDAY)


@pytest.fixture
def handled(dispatched, district, people):
    case = move(dispatched, Move.TAKE, district, people, TUESDAY + HOUR)
    return move(case, Move.REPORT_BACK, district, people, TUESDAY + 2 * HOUR)


@pytest.fixture
def verified(handled, people):
    """Nobody is drawn to look, and the system passes it at once."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=handled.pk)
        move_case(case, Move.PASS, by=None, at=TUESDAY + 2 * HOUR)
    handled.refresh_from_db()
    return handled


def move(case, made, district, people, at):
    MAKE[made](district, people, {"case_id": case.pk, "version": case.version, "at": at})
    case.refresh_from_db()
    return case


def told(case, at, **how):
    return explain(case, list(case.timeline.all()), at=at, **how)


def stages(case, at):
    return explain_stages(case, list(case.timeline.all()), at=at)


def kinds(explanation):
    return [line.kind for line in explanation.lines]


def test_names_the_start_the_holiday_the_adjusted_day_and_the_limit(dispatched):
    explanation = told(dispatched, TUESDAY + DAY)

    assert kinds(explanation) == [
        LineKind.BEGAN, LineKind.COUNTED, LineKind.HOLIDAY, LineKind.ADJUSTED, LineKind.DUE, LineKind.NOW,
    ]  # fmt: skip
    began, counted, holiday, adjusted, due, now = explanation.lines
    assert (began.at, began.text) == (TUESDAY, "The clock begins: dispatched to Roads")
    assert counted.amount == DAY
    assert (holiday.day.day, holiday.until.day) == (1, 7)
    assert (adjusted.day.month, adjusted.day.day) == (10, 10)
    assert due.at == dispatched.stage_due_at == datetime(2026, 10, 12, 7, 0, tzinfo=UTC)
    assert (due.amount, now.amount) == (5 * DAY, 4 * DAY)
    assert explanation.heading == "Handling: 5 working days"


def test_the_counted_lines_add_up_to_what_is_used(dispatched, district, people):
    case = move(dispatched, Move.RETURN, district, people, TUESDAY + 2 * HOUR)
    case = move(case, Move.DISPATCH, district, people, TUESDAY + 5 * HOUR)
    at = TUESDAY + 12 * DAY

    explanation = told(case, at)

    assert sum((line.amount for line in explanation.lines if line.kind is LineKind.COUNTED), timedelta()) == (
        explanation.used
    )
    assert [kind for kind in kinds(explanation) if kind not in {LineKind.HOLIDAY, LineKind.ADJUSTED}] == [
        LineKind.BEGAN, LineKind.COUNTED, LineKind.STOPPED, LineKind.WENT_ON, LineKind.COUNTED, LineKind.DUE,
        LineKind.NOW,
    ]  # fmt: skip


def test_officers_read_who_decided_and_the_public_which_unit(dispatched, people):
    for_officers, for_all = (told(dispatched, TUESDAY + DAY, is_public=public).lines[0] for public in (False, True))

    assert people.dispatcher.display_name in for_officers.who
    assert people.dispatcher.display_name not in for_all.who
    assert for_all.who


@pytest.mark.parametrize(("after_due", "moves"), [(-HOUR, 10 * HOUR), (HOUR, timedelta())])
def test_a_day_that_is_set_later_leaves_what_was_due_before(dispatched, district, after_due, moves):
    due = dispatched.stage_due_at  # on Monday at 15:00
    own_day(localdate(due), unit=district.units.roads, set_at=due + after_due)
    bump("units")

    recompute_clocks(at=due + DAY)

    dispatched.refresh_from_db()
    assert dispatched.stage_due_at - due == moves


@pytest.mark.parametrize(("is_public", "who"), [(False, "王值守"), (True, "区社会治理中心")])
def test_says_who_set_a_day_and_when(dispatched, district, is_public, who):
    own_day(localdate(TUESDAY) + DAY, unit=district.units.roads, set_at=TUESDAY)
    bump("units")

    lines = told(dispatched, TUESDAY + 2 * DAY, is_public=is_public).lines

    own = next(line for line in lines if line.kind == LineKind.OWN)
    assert own.text == "台风: not worked, not counted; set on 29 September 2026 15:00, counts from then"
    assert own.who == who


def test_says_that_the_category_changed_and_that_it_was_late(dispatched, people):
    due = dispatched.stage_due_at
    changed = {"case_id": dispatched.pk, "version": dispatched.version, "category_code": "fire.passage"}
    with pytest.raises(CaseNotReadyError, match="the case is late already"):
        recategorize_case(**changed, by=people.dispatcher, at=due + HOUR)

    recategorize_case(**changed, by=people.dispatcher, at=due + HOUR, reason="其实是通道")

    dispatched.refresh_from_db()
    kept = dispatched.timeline.get(kind="change")
    assert (kept.data["stage"], kept.data["late"], kept.data["due_at"]) == ("handle", True, due.isoformat())
    line = next(line for line in told(dispatched, due + DAY).lines if line.kind == LineKind.CHANGED)
    assert "5 working days" in line.text
    assert "late under the first, due 12 October 2026 15:00" in line.text
    assert (line.reason, line.at) == ("其实是通道", due + HOUR)


def test_of_a_day_that_somebody_set_the_public_reads_the_unit_only(dispatched, district):
    own_day(date(2026, 9, 30), unit=district.units.roads, set_at=TUESDAY)
    bump(UNITS)

    for_officers, for_all = (
        next(line for line in told(dispatched, TUESDAY + DAY, is_public=public).lines if line.kind is LineKind.OWN)
        for public in (False, True)
    )

    assert (for_officers.who, for_all.who) == (BY.name, BY.unit)


def test_the_whole_is_told_too(dispatched):
    explanation = told(dispatched, TUESDAY + DAY, is_whole=True)

    assert explanation.due_at == dispatched.due_at
    assert explanation.heading.startswith("The whole case: ")


def test_what_came_from_another_system_is_said_to_be_its_promise(district):
    case = make_case(
        district, category="lamp", channel=Channel.IMPORT, at=TUESDAY, stage_due_at=TUESDAY + DAY, due_at=TUESDAY + DAY
    )

    explanation = told(case, TUESDAY + HOUR)

    assert "other system" in explanation.basis
    assert explanation.due_at == TUESDAY + DAY


def test_of_what_is_over_no_stage_runs_and_the_whole_is_told_as_it_ended(verified, district, people):
    closed = move(verified, Move.CLOSE, district, people, TUESDAY + 6 * HOUR)

    whole = told(closed, TUESDAY + 90 * DAY, is_whole=True)

    assert told(closed, TUESDAY + 90 * DAY) is None
    assert (whole.is_over, whole.due_at) == (True, closed.due_at)
    assert whole.lines[-1].kind is LineKind.ENDED
    assert whole.lines[-1].at == closed.ended_at
    assert whole.lines[-1].amount == whole.limit - whole.used


def test_each_stage_that_was_left_is_told_as_it_ended(verified, district, people):
    closed = move(verified, Move.CLOSE, district, people, TUESDAY + 6 * HOUR)

    handling = next(each for each in stages(closed, TUESDAY + 90 * DAY) if each.stage == Stage.HANDLE)

    assert handling.due_at == datetime(2026, 10, 12, 7, 0, tzinfo=UTC)
    assert handling.used == 2 * HOUR
    assert handling.lines[-1].at == TUESDAY + 2 * HOUR


def test_a_stage_that_was_left_stays_told_while_the_next_runs(handled):
    explained = stages(handled, TUESDAY + 3 * HOUR)

    assert [each.stage for each in explained] == [Stage.DISPATCH, Stage.HANDLE]
    assert all(each.is_over for each in explained)


def test_two_things_of_one_moment_are_each_told_by_their_own_name(dispatched, district, people):
    case = move(dispatched, Move.TAKE, district, people, TUESDAY + HOUR)
    case = move(case, Move.DISPUTE, district, people, TUESDAY + HOUR)

    dispute = told(case, TUESDAY + 2 * HOUR)

    assert "“Dispute whose it is”" in dispute.lines[0].text


def test_what_the_system_did_names_nobody(verified):
    closing = told(verified, TUESDAY + 4 * HOUR)

    assert closing.lines[0].text == "The clock begins: “Confirm it is done”"
    assert closing.lines[0].who == "by itself"


def test_the_return_that_opens_a_docket_is_told_and_the_docket_opened_by_itself(dispatched, district, people):
    Category.objects.filter(pk=district.categories.lamp.pk).update(procedure={"returns_before_dispute": 1})
    bump(SNAPSHOT)
    case = move(dispatched, Move.RETURN, district, people, TUESDAY + HOUR)

    dispute = told(case, TUESDAY + 2 * HOUR)
    handling = next(each for each in stages(case, TUESDAY + 2 * HOUR) if each.stage == Stage.HANDLE)

    assert dispute.lines[0].who == "by itself"
    stopped = next(line for line in handling.lines if line.kind is LineKind.STOPPED)
    assert "“Return”" in stopped.text
    assert people.handler.display_name in stopped.who


@pytest.mark.parametrize("is_whole", [False, True])
def test_a_suspension_ends_by_itself_and_nothing_is_counted_before(district, people, working_days, is_whole):
    case = make_case(district, status=Status.FILED, category="lamp", at=MORNING - HOUR)
    case = move(case, Move.DISPATCH, district, people, MORNING)
    case = move(case, Move.TAKE, district, people, MORNING + HOUR)
    case = move(case, Move.SUSPEND, district, people, MORNING + 2 * HOUR)

    explanation = told(case, MORNING + 3 * HOUR, is_whole=is_whole)

    went_on = next(line for line in explanation.lines if line.kind is LineKind.WENT_ON)
    assert went_on.text == "The clock goes on by itself: the suspension is over"
    assert [line.amount for line in explanation.lines if line.kind is LineKind.COUNTED] == [explanation.used]


def test_the_whole_lists_the_limits_that_it_is_the_sum_of(dispatched):
    basis = told(dispatched, TUESDAY + DAY, is_whole=True).basis

    assert "Dispatch 4 working hours + Handling 5 working days + Closing 2 working hours = " in basis
    assert " = 5 working days + 6 working hours." in basis
    assert "By the catalogue" not in basis


def test_a_year_whose_holidays_are_not_published_is_named(district, people, working_days):
    at = TUESDAY.replace(year=2041)
    case = make_case(district, status=Status.FILED, category="lamp", at=at - HOUR)

    lines = told(move(case, Move.DISPATCH, district, people, at), at + HOUR).lines

    assert "2041" in next(line.text for line in lines if line.kind is LineKind.UNPUBLISHED)


def test_programs_are_told_in_the_same_lines(dispatched, people, django_assert_max_num_queries):
    program = Program(people.dispatcher)
    with django_assert_max_num_queries(8):
        answer = program.show(f"cases/{dispatched.number}/deadlines")

    stage = answer.json()["stage"]
    assert (stage["limit_hours"], stage["counting"]) == (120.0, "working_days")
    assert "holiday" in [line["kind"] for line in stage["lines"]]
    assert answer.json()["whole"]["due_at"]


@pytest.mark.parametrize(
    ("amount", "counting", "words"),
    [
        (5 * DAY, Counting.WORKING_DAYS, "5 working days"),
        (30 * HOUR, Counting.WORKING_DAYS, "1 working day 6 h"),
        (HOUR, Counting.WORKING_HOURS, "1 working hour"),
        (3 * HOUR + 20 * timedelta(minutes=1), Counting.WORKING_HOURS, "3 working hours 20 min"),
        (20 * timedelta(minutes=1), Counting.WORKING_HOURS, "20 min of working time"),
        (26 * HOUR, Counting.ALWAYS, "1 d 2 h"),
    ],
)
def test_lengths_are_said_in_the_time_that_counts(amount, counting, words):
    assert length(amount, counting) == words
