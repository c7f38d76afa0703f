"""What a lateness appeal changes in what is counted: the late stay late, and the exempt among them are told beside."""

from dataclasses import replace
from datetime import timedelta

import pytest

from onegrid.cases.actions.amend_case import recategorize_case
from onegrid.cases.models import Case
from onegrid.cases.readers.export import exported_rows
from onegrid.cases.readers.overview import TimeStep, went, where_time_went
from onegrid.cases.readers.queue import ask_waiting_for
from onegrid.cases.readers.selection import Selection, selected
from onegrid.cases.rules.columns import COLUMNS
from onegrid.cases.states import Stage, Status
from onegrid.cases.tests.appeals import appeal, closed_case, review
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.geography.models import Level

pytestmark = pytest.mark.django_db


def numbers(people):
    """Late and exempt: of the whole, then of the handling stage; each as many as its rows."""
    asked, told = Selection(is_open=False), {"by": people.leader, "at": Case.objects.latest("ended_at").ended_at}
    whole = went(asked, below=Level.TOWNSHIP, step=TimeStep.DAY, **told)
    stages = {share.stage: share for share in where_time_went(asked, **told)}
    handling = stages[Stage.HANDLE]
    found = (whole.whole.late, whole.whole.exempt, handling.late, handling.exempt)
    rows = [
        selected(replace(asked, **narrowed), **told).count()
        for narrowed in (
            {"is_missed": True},
            {"is_missed": True, "is_exempt": True},
            {"is_missed": True, "late_in": Stage.HANDLE},
            {"is_missed": True, "late_in": Stage.HANDLE, "is_exempt": True},
        )
    ]
    assert list(found) == rows
    return found


def test_a_no_in_the_second_review_exempts_nothing(late, people):
    appeal(late, people)
    review(late, people.shift_lead)
    review(late, people.leader, is_yes=False)

    assert numbers(people)[:2] == (1, 0)


@pytest.mark.parametrize(("stage", "after"), [(None, (2, 1, 2, 1)), (Stage.HANDLE, (2, 0, 2, 1))])
def test_statistics_keep_both_numbers(late, people, district, stage, after):
    closed_case(district, people)
    assert numbers(people) == (2, 0, 2, 0)

    appeal(late, people, stage=stage)
    review(late, people.shift_lead)
    assert numbers(people) == (2, 0, 2, 0)
    review(late, people.leader)

    assert numbers(people) == after
    by_unit = went(
        Selection(), by=people.leader, at=late.ended_at, below=Level.TOWNSHIP, step=TimeStep.DAY
    ).by_unit[district.units.roads.pk]  # fmt: skip
    assert (by_unit.late, by_unit.exempt) == after[:2]


def test_what_was_late_when_the_category_changed_is_counted_late_in_its_stage(district, people):
    case = make_case(district, status=Status.IN_PROGRESS, category="lamp", stage_due_at=MORNING, due_at=MORNING)
    recategorize_case(
        case_id=case.pk, version=case.version, category_code="fire.passage", reason="其实是通道", by=people.dispatcher,
        at=MORNING + timedelta(hours=1),
    )  # fmt: skip
    asked, told = Selection(), {"by": people.leader, "at": MORNING + timedelta(days=1)}

    assert selected(replace(asked, late_in=Stage.HANDLE), **told).count() == 1


def test_late_again_after_a_reopening_counts_again(late, people, district):
    appeal(late, people)
    review(late, people.shift_lead)
    review(late, people.leader)
    Case.objects.filter(pk=late.pk).update(reopen_count=1)  # closed anew, and late anew

    assert numbers(people)[:2] == (1, 0)


def test_the_table_for_other_programs_has_both(late, people):
    def row():
        [[cells]] = exported_rows(Selection(), by=people.leader, at=late.ended_at)
        found = dict(zip((column.name for column in COLUMNS), cells, strict=True))
        return found["ended_late"], found["late_exempt"]

    assert row() == (True, False)
    appeal(late, people)
    review(late, people.shift_lead)
    review(late, people.leader)

    assert row() == (True, True)


def waits(user, at):
    return ask_waiting_for(user, task_units=[], at=at)().appeals


def test_is_counted_for_whoever_reviews_next(late, people):
    appeal(late, people)
    first = [waits(who, late.ended_at) for who in (people.shift_lead, people.leader, people.head, people.stranger)]
    review(late, people.district_lead)
    then = [waits(who, late.ended_at) for who in (people.shift_lead, people.leader, people.district_lead)]

    assert (first, then) == ([1, 0, 0, 0], [0, 1, 0])
