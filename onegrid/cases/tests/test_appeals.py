"""A lateness appeal: once, in time, with proof, two reviews by two others; the fact stays, both numbers are kept."""

from concurrent.futures import ThreadPoolExecutor
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
from onegrid.cases.rules.absence import CaseNotFoundError
from onegrid.cases.states import IllegalMoveError, Stage
from onegrid.cases.tests.appeals import appeal, closed_case, photo, review
from onegrid.cases.tests.factories import with_duty
from onegrid.catalogue.models import Category
from onegrid.catalogue.readers import SNAPSHOT as CATALOGUE
from onegrid.core.errors import InvalidInputError, NotAllowedError
from onegrid.core.facts import on
from onegrid.core.snapshots import bump

pytestmark = pytest.mark.django_db


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


def test_a_review_can_be_made_although_the_case_was_reopened(late, people):
    appeal(late, people)
    late.refresh_from_db()
    at = late.ended_at + timedelta(hours=2)
    reopen_case(case_id=late.pk, version=late.version, reason="又坏了", by=people.shift_lead, at=at)

    review(late, people.district_lead, at=at)

    assert state() == AppealState.FIRST_YES


def test_tells_what_was_asked_and_reviewed(late, people, django_capture_on_commit_callbacks):
    heard = []
    on(AppealFiled)(heard.append)
    on(AppealReviewed)(heard.append)
    with django_capture_on_commit_callbacks(execute=True):
        appeal(late, people)
        review(late, people.shift_lead)

    assert [type(fact).__name__ for fact in heard] == ["AppealFiled", "AppealReviewed"]
