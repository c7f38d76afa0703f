"""A lateness appeal: once, in time, with proof, two reviews by two others; the fact stays, both numbers are kept."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import DatabaseError, connection, transaction

from onegrid.accounts.models import Role
from onegrid.cases.actions.appeal_lateness import (
    AppealedBeforeError,
    AppealFiled,
    AppealReviewed,
    NoAppealError,
    NoAppealWaitsError,
    NotLateError,
    OwnAppealError,
    review_appeal,
)
from onegrid.cases.actions.finish_case import reopen_case
from onegrid.cases.actions.lifecycle import StaleCaseError
from onegrid.cases.models import AppealState, Case, EntryKind, LatenessAppeal, Visibility
from onegrid.cases.readers.export import exported_rows
from onegrid.cases.readers.overview import TimeStep, went, where_time_went
from onegrid.cases.readers.queue import waiting_for
from onegrid.cases.readers.selection import Selection, selected
from onegrid.cases.rules.absence import CaseNotFoundError
from onegrid.cases.rules.columns import COLUMNS
from onegrid.cases.states import IllegalMoveError, Stage
from onegrid.cases.tests.appeals import appeal, closed_case, photo, review
from onegrid.cases.tests.factories import with_duty
from onegrid.catalogue.models import Category
from onegrid.catalogue.readers import SNAPSHOT as CATALOGUE
from onegrid.core.errors import InvalidInputError, NotAllowedError
from onegrid.core.facts import on
from onegrid.core.snapshots import bump
from onegrid.geography.models import Level

pytestmark = pytest.mark.django_db


@pytest.fixture
def late(district, people):
    """A case that its unit handled late, and that ended late."""
    return closed_case(district, people)


def state():
    return LatenessAppeal.objects.get().state


def test_two_times_yes_exempts_and_the_fact_stays(late, people):
    before = list(late.timeline.filter(kind=EntryKind.MOVE).values("id", "data"))
    appeal(late, people)
    review(late, people.shift_lead)
    assert state() == AppealState.FIRST_YES
    review(late, people.leader, note="同意")

    made = LatenessAppeal.objects.get()
    assert (made.state, made.first_by, made.second_by) == (AppealState.SECOND_YES, people.shift_lead, people.leader)
    assert (made.unit.code, made.covers, made.first_unit.code) == ("roads", ["handle"], "chashan-centre")
    assert list(late.timeline.filter(kind=EntryKind.MOVE).values("id", "data")) == before
    told = [(entry.visibility, entry.text, entry.data["state"]) for entry in late.timeline.filter(kind="appeal")]
    assert told == [
        (Visibility.PUBLIC, "道路被洪水封闭", "asked"),
        (Visibility.PUBLIC, "封路属实", "first_yes"),
        (Visibility.PUBLIC, "同意", "second_yes"),
    ]


def test_a_no_in_the_first_review_ends_it(late, people):
    appeal(late, people)
    review(late, people.shift_lead, is_yes=False)

    assert state() == AppealState.FIRST_NO
    with pytest.raises(NoAppealWaitsError):
        review(late, people.leader)


def test_a_no_in_the_second_review_exempts_nothing(late, people):
    appeal(late, people)
    review(late, people.shift_lead)
    review(late, people.leader, is_yes=False)

    assert state() == AppealState.SECOND_NO
    assert numbers(people)[:2] == (1, 0)


def test_a_unit_appeals_once_whatever_came_of_it(late, people):
    appeal(late, people)
    review(late, people.shift_lead, is_yes=False)

    with pytest.raises(AppealedBeforeError):
        appeal(late, people, stage=Stage.HANDLE)


def test_in_the_last_moment_of_the_term_but_not_after_it(late, people):
    term = timedelta(days=10)
    with pytest.raises(NoAppealError):
        appeal(late, people, at=late.ended_at + term + timedelta(seconds=1))

    assert appeal(late, people, at=late.ended_at + term).until == late.ended_at + term


def test_a_category_may_know_no_appeal(late, people):
    Category.objects.filter(code="roads.lamp").update(procedure={"appeal_days": 0})
    bump(CATALOGUE)

    with pytest.raises(NoAppealError):
        appeal(late, people)


@pytest.mark.parametrize("stage", [None, Stage.HANDLE])
def test_of_a_case_that_was_not_late_there_is_nothing_to_appeal(district, people, stage):
    case = closed_case(district, people, hours=2)

    with pytest.raises(NotLateError):
        appeal(case, people, stage=stage)


def test_a_stage_in_other_hands_is_not_the_units_to_appeal(late, people):
    with pytest.raises(NotLateError):
        appeal(late, people, stage=Stage.VERIFY)


def test_an_open_case_cannot_be_appealed(late, people):
    Case.objects.filter(pk=late.pk).update(status="verified", ended_at=None, outcome="")

    with pytest.raises(IllegalMoveError):
        appeal(late, people, at=late.ended_at)


@pytest.mark.parametrize("missing", [{"reason": " "}, {"proof": []}])
def test_needs_a_reason_and_proof(late, people, missing):
    with pytest.raises(InvalidInputError) as refusal:
        appeal(late, people, **missing)

    assert set(refusal.value.fields) == set(missing)
    assert not LatenessAppeal.objects.exists()


def test_the_proof_is_of_this_case(late, people, case):
    with pytest.raises(InvalidInputError):
        appeal(late, people, proof=[photo(case)])


@pytest.mark.parametrize("who", ["handler", "fireman", "shift_lead", "stranger"])
def test_only_the_head_of_the_unit_appeals(late, people, who):
    with pytest.raises((NotAllowedError, CaseNotFoundError)):
        appeal(late, people, by=getattr(people, who))


@pytest.mark.parametrize("who", ["leader", "dispatcher", "verifier", "head", "handler", "stranger"])
def test_the_first_review_is_for_a_shift_lead_of_the_place(late, people, who):
    appeal(late, people)

    with pytest.raises((NotAllowedError, CaseNotFoundError)):
        review(late, getattr(people, who))
    assert state() == AppealState.ASKED


@pytest.mark.parametrize("who", ["shift_lead", "district_lead", "head"])
def test_the_second_review_is_for_a_leader_of_the_district(late, people, who):
    appeal(late, people)
    review(late, people.district_lead)

    with pytest.raises(NotAllowedError):
        review(late, getattr(people, who))
    assert state() == AppealState.FIRST_YES


def test_a_leader_of_a_township_does_not_make_the_second(late, people, district):
    appeal(late, people)
    review(late, people.shift_lead)

    with pytest.raises(NotAllowedError):
        review(late, with_duty(Role.LEADER, unit=district.units.chashan_centre))


def also(user, role, unit):
    """Give somebody a second duty, in the district."""
    user.duties.create(role=role, unit=unit, area=unit.area, started_at=user.duties.first().started_at)
    bump("duties")


def test_nobody_makes_both_reviews(late, people, district):
    also(people.shift_lead, Role.LEADER, district.units.centre)
    appeal(late, people)
    review(late, people.shift_lead)

    with pytest.raises(OwnAppealError):
        review(late, people.shift_lead)


def test_who_asked_does_not_review(late, people, district):
    also(people.head, Role.SHIFT_LEAD, district.units.chashan_centre)
    appeal(late, people)

    with pytest.raises(OwnAppealError):
        review(late, people.head)


def test_nobody_of_the_unit_reviews(late, people, district):
    also(people.handler, Role.SHIFT_LEAD, district.units.chashan_centre)
    appeal(late, people)

    with pytest.raises(OwnAppealError):
        review(late, people.handler)


def test_a_review_says_why(late, people):
    appeal(late, people)

    with pytest.raises(InvalidInputError):
        review(late, people.shift_lead, note=" ")


def test_whoever_saw_an_older_case_is_refused(late, people):
    appeal(late, people)

    with pytest.raises(StaleCaseError):
        review_appeal(
            case_id=late.pk, version=late.version, is_yes=True, note="属实", by=people.shift_lead, at=late.ended_at
        )


@pytest.mark.django_db(transaction=True)
def test_of_two_who_review_at_once_one_does(district, people):
    late = closed_case(district, people)
    made = appeal(late, people)
    late.refresh_from_db()
    start = Barrier(2)

    def answer(by):
        start.wait()
        try:
            review_appeal(
                case_id=late.pk, version=late.version, is_yes=True, note="属实", by=by, at=made.asked_at
            )  # fmt: skip
        except StaleCaseError:
            return "second"
        else:
            return "first"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        answers = sorted(both.map(answer, [people.shift_lead, people.district_lead]))

    assert answers == ["first", "second"]
    assert state() == AppealState.FIRST_YES
    assert late.timeline.filter(kind=EntryKind.APPEAL).count() == 2


@pytest.mark.parametrize(
    "change",
    [
        {"state": "second_yes"},
        {"state": "no_such"},
        {"reason": ""},
        {"reason": "另一个理由"},
        {"proof": []},
        {"covers": ["verify"], "stage": "handle"},
        {"asked_at": "2020-01-01T00:00:00Z"},
        {"due_at": "2100-01-01T00:00:00Z"},
    ],
)
def test_the_database_keeps_an_appeal_as_it_was_made(late, people, change):
    appeal(late, people)

    with pytest.raises(DatabaseError), transaction.atomic():
        LatenessAppeal.objects.update(**change)


def test_the_database_lets_no_one_person_decide_alone(late, people):
    made = appeal(late, people)
    review(late, people.shift_lead)
    second = {"second_unit": people.shift_lead.duties.get().unit, "second_at": made.asked_at + timedelta(days=1)}

    for by in (people.shift_lead, people.head):
        with pytest.raises(DatabaseError), transaction.atomic():
            LatenessAppeal.objects.update(state="second_yes", second_by=by, second_note="属实", **second)


def test_the_database_lets_nobody_of_the_unit_review(late, people):
    made = appeal(late, people)

    with pytest.raises(DatabaseError), transaction.atomic():
        LatenessAppeal.objects.update(
            state="first_yes", first_by=people.handler, first_unit=made.unit, first_at=made.asked_at, first_note="属实"
        )


def test_the_database_keeps_what_was_decided(late, people):
    appeal(late, people)
    review(late, people.shift_lead, is_yes=False)

    for change in ({"state": "asked"}, {"first_note": "改"}, {"state": "first_yes"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            LatenessAppeal.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        LatenessAppeal.objects.all().delete()


def test_the_database_lets_a_unit_appeal_once(late, people):
    made = appeal(late, people)
    made.pk = None

    with pytest.raises(DatabaseError), transaction.atomic():
        made.save(force_insert=True)


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


def test_late_again_after_a_reopening_counts_again(late, people, district):
    appeal(late, people)
    review(late, people.shift_lead)
    review(late, people.leader)
    Case.objects.filter(pk=late.pk).update(reopen_count=1)  # closed anew, and late anew

    assert numbers(people)[:2] == (1, 0)


def test_a_review_can_be_made_although_the_case_was_reopened(late, people):
    appeal(late, people)
    late.refresh_from_db()
    at = late.ended_at + timedelta(hours=2)
    reopen_case(case_id=late.pk, version=late.version, reason="又坏了", by=people.shift_lead, at=at)

    review(late, people.district_lead, at=at)

    assert state() == AppealState.FIRST_YES


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
    return waiting_for(user, task_units=[], at=at).appeals


def test_is_counted_for_whoever_reviews_next(late, people):
    appeal(late, people)
    first = [waits(who, late.ended_at) for who in (people.shift_lead, people.leader, people.head, people.stranger)]
    review(late, people.district_lead)
    then = [waits(who, late.ended_at) for who in (people.shift_lead, people.leader, people.district_lead)]

    assert (first, then) == ([1, 0, 0, 0], [0, 1, 0])


def test_tells_what_was_asked_and_reviewed(late, people, django_capture_on_commit_callbacks):
    heard = []
    on(AppealFiled)(heard.append)
    on(AppealReviewed)(heard.append)
    with django_capture_on_commit_callbacks(execute=True):
        appeal(late, people)
        review(late, people.shift_lead)

    assert [type(fact).__name__ for fact in heard] == ["AppealFiled", "AppealReviewed"]
