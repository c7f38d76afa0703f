"""What was late stays late: whoever has the case now, whatever it is filed under, however its limit was moved."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils.translation import override

from onegrid.cases.actions.amend_case import recategorize_case
from onegrid.cases.actions.finish_case import reopen_case
from onegrid.cases.actions.handle_case import return_case, take_case
from onegrid.cases.actions.triage_case import CaseNotReadyError
from onegrid.cases.models import Case, EntryKind, TimelineEntry
from onegrid.cases.readers.appeals import late_facts
from onegrid.cases.readers.explain import explain
from onegrid.cases.readers.export import exported_rows
from onegrid.cases.readers.lateness import Handled, was_late
from onegrid.cases.readers.overview import TimeStep, handled_by_unit, went
from onegrid.cases.readers.selection import Selection, selected
from onegrid.cases.rules.columns import COLUMNS
from onegrid.cases.states import ReturnReason, Stage, Status
from onegrid.cases.tests.appeals import appeal, closed_case, review
from onegrid.cases.tests.factories import LIMITS, MORNING, make_case
from onegrid.cases.tests.test_more_time import decide, extension
from onegrid.catalogue.models import Category
from onegrid.catalogue.readers import SNAPSHOT
from onegrid.core.snapshots import bump
from onegrid.dispatch.public import dispatch_case
from onegrid.geography.models import Level

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATE = MORNING + 100 * HOUR
EVER = Selection(handled=Handled.LEFT)


@pytest.fixture
def patient(district):
    """A category that gives a thousand hours for handling."""
    Category.objects.filter(code="fire.passage").update(limits={**LIMITS, "handle": 1000})
    bump(SNAPSHOT)


def under(case, code, people, at, *, reason="其实是通道"):
    case.refresh_from_db()
    return recategorize_case(
        case_id=case.pk, version=case.version, category_code=code, reason=reason, by=people.dispatcher, at=at
    )


WHOLE = timedelta(hours=sum(hours for stage, hours in LIMITS.items() if stage != "check"))


def handled(district, people, *, at=MORNING, filed_at=None):
    case = make_case(district, status=Status.FILED, category="lamp", at=filed_at or at)
    dispatch_case(case_id=case.pk, version=1, lead_code="roads", by=people.dispatcher, at=at)
    return take_case(case_id=case.pk, version=2, by=people.handler, at=at)


def given_back(case, people, *, at):
    case.refresh_from_db()
    return return_case(
        case_id=case.pk,
        version=case.version,
        reason="找不到",
        code=ReturnReason.CANNOT_BE_FOUND,
        by=people.handler,
        at=at,
    )


def by_unit(people, at, asked=EVER):
    """The figures of each unit, and that each is as many rows as its list has."""
    found = handled_by_unit(asked, by=people.leader, at=at)
    for unit, figures in found.items():
        rows = {
            kind: selected(replace(asked, handled=kind, handled_by=unit), by=people.leader, at=at).count()
            for kind in Handled
        }
        assert rows == {
            Handled.LEFT: figures.left, Handled.LATE: figures.late, Handled.COUNTED: figures.counted,
            Handled.EXEMPT: figures.exempt,
        }  # fmt: skip
    return {unit: tuple(figures) for unit, figures in found.items()}


def test_handling_that_was_left_late_counts_for_the_unit_that_had_it(district, people):
    case = given_back(handled(district, people), people, at=LATE)
    dispatch_case(case_id=case.pk, version=case.version, lead_code="fire", by=people.dispatcher, at=LATE)

    assert by_unit(people, LATE + DAY) == {"roads": (1, 1, 0)}


def test_a_case_counts_once_for_a_unit_however_often_it_had_it(district, people):
    case = given_back(handled(district, people), people, at=MORNING + HOUR)
    case = dispatch_case(case_id=case.pk, version=case.version, lead_code="roads", by=people.dispatcher, at=LATE)
    given_back(
        take_case(case_id=case.pk, version=case.version, by=people.handler, at=LATE), people, at=LATE + 30 * HOUR
    )

    assert by_unit(people, LATE + 9 * DAY) == {"roads": (1, 1, 0)}


def test_what_a_unit_still_has_is_not_counted_as_left(district, people):
    case = make_case(district, status=Status.FILED, category="lamp")
    dispatch_case(case_id=case.pk, version=1, lead_code="roads", by=people.dispatcher, at=MORNING)
    take_case(case_id=case.pk, version=2, by=people.handler, at=LATE)  # late already, and late now

    assert by_unit(people, LATE + DAY) == {}


@pytest.mark.parametrize(("stage", "after"), [(Stage.HANDLE, (2, 2, 1)), (None, (2, 2, 1))])
def test_an_accepted_appeal_reaches_the_figure_of_the_unit(late, people, district, stage, after):
    closed_case(district, people)
    appeal(late, people, stage=stage)
    review(late, people.shift_lead)
    assert by_unit(people, late.ended_at + DAY) == {"roads": (2, 2, 0)}

    review(late, people.leader)

    assert by_unit(people, late.ended_at + DAY) == {"roads": after}


def test_only_what_was_left_in_the_period_is_counted(late, people):
    asked = replace(EVER, handled_from=LATE + HOUR)

    assert by_unit(people, LATE + DAY, asked) == {}
    assert by_unit(people, LATE + DAY, replace(EVER, handled_from=LATE, handled_before=LATE + HOUR))


def test_is_counted_in_one_statement(late, people, django_assert_num_queries):
    Case.objects.visible_to(people.leader).first()  # the duties
    with django_assert_num_queries(1):
        handled_by_unit(EVER, by=people.leader, at=LATE)


def test_entries_that_name_no_unit_are_counted_for_none(late, people):
    entry = TimelineEntry.objects.filter(data__stage="handle", data__late=True).latest("id")
    data = {name: value for name, value in entry.data.items() if name != "held_by"}
    TimelineEntry.objects.create(
        case=entry.case, kind=entry.kind, move=entry.move, visibility=entry.visibility, channel=entry.channel,
        happened_at=entry.happened_at, received_at=entry.received_at, data=data,
    )  # fmt: skip

    assert by_unit(people, LATE)["-"] == (1, 1, 0)


def ended(case, people, at):
    """Let a case end in time under its last category; return it."""
    Case.objects.filter(pk=case.pk).update(
        status=Status.CLOSED, outcome="fixed", ended_at=at, holder_unit=None, stage_due_at=None
    )
    case.refresh_from_db()
    return case


def counts_late(case, people):
    """What every place that counts says of the whole of a case."""
    told = {"by": people.leader, "at": case.ended_at}
    ways = went(Selection(), below=Level.TOWNSHIP, step=TimeStep.DAY, **told).whole.late
    rows = selected(Selection(is_missed=True), **told).count()
    [[cells]] = exported_rows(Selection(), by=people.leader, at=case.ended_at)
    table = dict(zip((column.name for column in COLUMNS), cells, strict=True))["ended_late"]
    appealed = any(fact.stage is None for fact in late_facts(case))
    return {bool(ways), bool(rows), bool(table), appealed}


@pytest.mark.parametrize("codes", [["fire.passage"], ["fire.passage", "roads.lamp", "fire.passage"]])
def test_a_late_whole_stays_late_whatever_it_is_filed_under(district, people, patient, codes):
    case = handled(district, people)
    for step, code in enumerate(codes):
        under(case, code, people, LATE + step * HOUR)

    case = ended(case, people, LATE + DAY)

    assert case.due_at > case.ended_at
    assert counts_late(case, people) == {True}


@pytest.mark.parametrize("code", ["fire.passage", "roads.manhole"])
def test_a_whole_that_was_in_time_is_not_late_for_a_change(district, people, patient, code):
    case = handled(district, people)
    under(case, code, people, MORNING + HOUR)

    assert counts_late(ended(case, people, MORNING + 2 * HOUR), people) == {False}


def test_the_fact_of_an_appeal_is_what_was_late_until_then(district, people, patient):
    case = handled(district, people)
    due = case.due_at
    under(case, "fire.passage", people, LATE)

    whole = next(fact for fact in late_facts(ended(case, people, LATE + DAY)) if fact.stage is None)

    assert (whole.due_at, whole.done_at) == (due, LATE)


def test_to_move_a_late_whole_takes_a_reason(district, people, patient):
    case = make_case(district, status=Status.IN_PROGRESS, category="lamp", due_at=MORNING, stage_due_at=LATE)

    with pytest.raises(CaseNotReadyError):
        under(case, "fire.passage", people, MORNING + HOUR, reason=" ")

    case.refresh_from_db()
    assert case.passed_due_at is None


def test_the_explanation_of_the_whole_says_so(district, people, patient):
    case = handled(district, people)
    case = under(case, "fire.passage", people, LATE)

    with override("en"):
        told = explain(case, list(case.timeline.all()), at=LATE + HOUR, is_whole=True)

    assert any("late under the first" in line.text and "counted so" in line.text for line in told.lines)


def test_an_extension_makes_no_late_whole_good(district, people):
    case = handled(district, people, filed_at=MORNING - WHOLE + HOUR)  # the desks had used it up but for an hour
    extension(case, people, at=MORNING + 3 * HOUR)

    decide(case, people.shift_lead, at=MORNING + 4 * HOUR)

    case.refresh_from_db()
    assert case.passed_due_at == MORNING + HOUR
    assert case.due_at > MORNING + 4 * HOUR


def test_a_new_round_is_measured_anew_and_what_was_late_before_is_still_said(late, people):
    reopen_case(case_id=late.pk, version=late.version, reason="又坏了", by=people.shift_lead, at=late.ended_at + DAY)
    late.refresh_from_db()

    found = was_late(late, late.timeline.all(), at=late.stage_started_at + HOUR)

    assert late.passed_due_at is None
    assert [fact.stage for fact in found] == [Stage.HANDLE, None]


def test_what_is_late_now_is_not_said_to_have_been(district, people):
    case = make_case(district, status=Status.FILED, category="lamp")
    dispatch_case(case_id=case.pk, version=1, lead_code="roads", by=people.dispatcher, at=MORNING)
    case = take_case(case_id=case.pk, version=2, by=people.handler, at=LATE)

    assert was_late(case, case.timeline.all(), at=LATE) == []


def test_the_category_that_a_case_has_is_no_change(district, people):
    case = handled(district, people)

    with override("en"), pytest.raises(CaseNotReadyError, match="already"):
        under(case, "roads.lamp", people, MORNING + HOUR)

    case.refresh_from_db()
    assert (case.version, case.timeline.filter(kind=EntryKind.CHANGE).count()) == (3, 0)
