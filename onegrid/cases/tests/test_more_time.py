"""More time: asked for in time with reason and proof, decided by another post, and never hidden."""

from datetime import timedelta
from itertools import count

import pytest
from django.db import IntegrityError, transaction

from onegrid.accounts.models import Role
from onegrid.cases.actions.ask_time import (
    NoMoreTimeError,
    NoRequestWaitsError,
    RequestWaitsError,
    ask_extension,
    ask_suspension,
    withdraw_time_request,
)
from onegrid.cases.actions.decide_time import OwnRequestError, decide_time
from onegrid.cases.actions.handle_case import report_back, return_case, take_case
from onegrid.cases.actions.lifecycle import StaleCaseError
from onegrid.cases.actions.resume_case import resume_case
from onegrid.cases.models import Case, EntryKind, Evidence, TimeRequest, TimeState, Visibility
from onegrid.cases.rules.absence import CaseNotFoundError
from onegrid.cases.states import IllegalMoveError, Move, ReturnReason, Status
from onegrid.cases.tests.factories import MORNING, make_case, make_request, with_duty
from onegrid.catalogue.models import Category
from onegrid.catalogue.readers import SNAPSHOT as CATALOGUE
from onegrid.core.errors import InvalidInputError, NotAllowedError
from onegrid.core.snapshots import bump
from onegrid.dispatch.public import dispatch_case

pytestmark = pytest.mark.django_db

LIMIT = timedelta(hours=24)
NOON = MORNING + timedelta(hours=3)
DUE = MORNING + LIMIT
_sha = count()


@pytest.fixture
def handled(district, people):
    """A case that the roads unit took this morning, with a day to handle it."""
    case = make_case(district, status=Status.FILED, category="lamp")
    dispatch_case(case_id=case.pk, version=1, lead_code="roads", by=people.dispatcher, at=MORNING)
    return take_case(case_id=case.pk, version=2, by=people.handler, at=MORNING)


def procedure(district, **said):
    Category.objects.filter(code="roads.lamp").update(procedure=said)
    bump(CATALOGUE)


def photo(case):
    return Evidence.objects.create(
        case=case, kind="photo", purpose="other", sha256=f"{next(_sha):064d}", media_type="image/jpeg", size=1,
        added_at=MORNING,
    ).pk  # fmt: skip


def extension(case, people, *, at=NOON, by=None, **also):
    case.refresh_from_db()
    told = {"hours": 12.0, "reason": "配件要调货", "proof": [photo(case)], **also}
    return ask_extension(case_id=case.pk, version=case.version, by=by or people.handler, at=at, **told)


def suspension(case, people, *, at=NOON, by=None, **also):
    case.refresh_from_db()
    told = {"until": at + timedelta(days=10), "reason": "等汛期过去", "proof": [photo(case)], **also}
    return ask_suspension(case_id=case.pk, version=case.version, by=by or people.handler, at=at, **told)


def decide(case, by, *, at=NOON, is_granted=True, note="情况属实"):
    case.refresh_from_db()
    return decide_time(case_id=case.pk, version=case.version, is_granted=is_granted, note=note, by=by, at=at)


def test_an_extension_moves_the_due_moment_by_what_was_asked(handled, people):
    extension(handled, people)

    case = decide(handled, people.shift_lead)

    assert case.stage_due_at == DUE + timedelta(hours=12)
    entry = case.timeline.get(kind=EntryKind.EXTENSION, visibility=Visibility.PUBLIC)
    assert (entry.text, entry.data["state"], entry.data["after_limit"]) == ("情况属实", "granted", False)
    assert entry.data["due_after"] == case.stage_due_at.isoformat()


def test_what_is_asked_stands_in_the_timeline_for_colleagues(handled, people):
    extension(handled, people)

    entry = handled.timeline.get(kind=EntryKind.EXTENSION)
    assert (entry.visibility, entry.text, entry.data["state"]) == (Visibility.INTERNAL, "配件要调货", "pending")


def test_a_request_made_in_time_counts_when_it_is_granted_late_and_says_so(handled, people):
    extension(handled, people, at=DUE - timedelta(seconds=1))

    case = decide(handled, people.shift_lead, at=DUE + timedelta(hours=5))

    assert case.stage_due_at == DUE + timedelta(hours=12)
    assert case.timeline.get(visibility=Visibility.PUBLIC, kind=EntryKind.EXTENSION).data["after_limit"] is True


def test_the_shares_of_the_longer_limit_are_told_anew(handled, people):
    Case.objects.filter(pk=handled.pk).update(warned=100)
    extension(handled, people, at=DUE - timedelta(hours=1))

    case = decide(handled, people.shift_lead, at=DUE - timedelta(hours=1))

    assert case.warned == 50
    assert case.warn_at == MORNING + 0.8 * timedelta(hours=36)


@pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=1), timedelta(days=9)])
@pytest.mark.parametrize("ask", [extension, suspension])
def test_after_the_limit_nothing_can_be_asked(handled, people, ask, late):
    with pytest.raises(NoMoreTimeError):
        ask(handled, people, at=DUE + late)

    assert not TimeRequest.objects.exists()


@pytest.mark.parametrize("hours", [0, -1, 24.5, 1e9])
def test_an_extension_is_at_most_as_long_as_the_catalogue_says(handled, people, hours):
    with pytest.raises(InvalidInputError) as refusal:
        extension(handled, people, hours=hours)

    assert set(refusal.value.fields) == {"hours"}


def test_a_share_of_the_original_limit_stays_one_after_an_extension(handled, people, district):
    procedure(district, extension_share=0.5)
    extension(handled, people)
    decide(handled, people.shift_lead)

    with pytest.raises(InvalidInputError):
        extension(handled, people, hours=12.5)

    assert extension(handled, people, hours=12).hours == 12


def test_an_extension_is_granted_at_most_so_many_times_each_at_its_level(handled, people):
    extension(handled, people)
    decide(handled, people.shift_lead)
    second = extension(handled, people)

    assert second.level == "district"
    decide(handled, people.district_lead)
    with pytest.raises(NoMoreTimeError):
        extension(handled, people)


def test_a_category_may_know_no_extension(handled, people, district):
    procedure(district, extensions=0, suspension_days=0)

    with pytest.raises(NoMoreTimeError):
        extension(handled, people)
    with pytest.raises(NoMoreTimeError):
        suspension(handled, people)


def test_another_unit_has_its_own_extensions(handled, people, district):
    procedure(district, extensions=1)
    extension(handled, people)
    decide(handled, people.shift_lead)
    case = return_case(case_id=handled.pk, version=5, reason="归消防", by=people.handler, at=NOON)
    dispatch_case(case_id=case.pk, version=6, lead_code="fire", by=people.dispatcher, at=NOON)

    assert extension(handled, people, by=people.fireman).unit == district.units.fire


@pytest.mark.parametrize("missing", [{"reason": " "}, {"proof": []}])
def test_needs_a_reason_and_proof(handled, people, missing):
    with pytest.raises(InvalidInputError) as refusal:
        extension(handled, people, **missing)

    assert set(refusal.value.fields) == set(missing)


def test_the_proof_is_of_this_case(handled, people, district):
    elsewhere = photo(make_case(district))

    with pytest.raises(InvalidInputError):
        extension(handled, people, proof=[elsewhere])


def test_one_request_waits_at_a_time(handled, people):
    extension(handled, people)

    with pytest.raises(RequestWaitsError):
        suspension(handled, people)


def test_who_asks_does_not_grant(handled, people, district):
    procedure(district, extension_levels=["unit"])
    with_duty(Role.UNIT_HEAD, unit=district.units.roads)
    extension(handled, people, by=people.head)

    with pytest.raises(OwnRequestError):
        decide(handled, people.head)

    assert TimeRequest.objects.get().state == TimeState.PENDING


def test_the_database_holds_that_line_too(handled, people):
    request = extension(handled, people)

    with pytest.raises(IntegrityError), transaction.atomic():
        TimeRequest.objects.filter(pk=request.pk).update(
            state=TimeState.GRANTED, decided_by=people.handler, ended_at=NOON
        )


def test_a_head_decides_where_the_catalogue_says_the_unit_does(handled, people, district):
    procedure(district, extension_levels=["unit"])
    extension(handled, people)

    with pytest.raises(NotAllowedError):
        decide(handled, people.shift_lead)

    assert decide(handled, people.head).stage_due_at == DUE + timedelta(hours=12)


def test_what_the_only_head_asks_goes_to_the_centre(handled, people, district):
    procedure(district, extension_levels=["unit"])

    assert extension(handled, people, by=people.head).level == "township"


@pytest.mark.parametrize("role", ["district_lead", "leader", "head", "stranger", "dispatcher", "handler"])
def test_a_township_request_is_for_the_shift_lead_there(handled, people, role):
    extension(handled, people, by=people.head)

    with pytest.raises((NotAllowedError, CaseNotFoundError)):
        decide(handled, getattr(people, role))

    assert TimeRequest.objects.get().state == TimeState.PENDING


@pytest.mark.parametrize("role", ["district_lead", "leader"])
def test_a_district_request_is_for_its_shift_lead_and_leaders(handled, people, role):
    suspension(handled, people)

    assert decide(handled, getattr(people, role)).status == Status.SUSPENDED


def test_a_centre_that_leads_asks_above_itself(district, people):
    units = district.units
    case = make_case(
        district, status=Status.IN_PROGRESS, category="lamp", lead_unit=units.chashan_centre,
        holder_unit=units.chashan_centre,
    )  # fmt: skip
    handler = with_duty(Role.HANDLER, unit=units.chashan_centre)

    assert extension(case, people, by=handler).level == "district"


def test_a_refusal_changes_no_clock_and_is_for_colleagues(handled, people):
    extension(handled, people)

    case = decide(handled, people.shift_lead, is_granted=False, note="配件有库存")

    assert case.stage_due_at == DUE
    entry = case.timeline.filter(kind=EntryKind.EXTENSION).latest("received_at", "id")
    assert (entry.text, entry.visibility, entry.data["state"]) == ("配件有库存", Visibility.INTERNAL, "refused")


def test_a_decision_says_why(handled, people):
    extension(handled, people)

    with pytest.raises(InvalidInputError):
        decide(handled, people.shift_lead, note="")


def test_two_who_decide_at_once_decide_once(handled, people, district):
    extension(handled, people)
    handled.refresh_from_db()
    seen = {"case_id": handled.pk, "version": handled.version, "is_granted": True, "note": "属实", "at": NOON}
    decide_time(by=people.shift_lead, **seen)

    with pytest.raises(StaleCaseError):
        decide_time(by=with_duty(Role.SHIFT_LEAD, unit=district.units.chashan_centre), **seen)

    handled.refresh_from_db()
    assert handled.stage_due_at == DUE + timedelta(hours=12)


@pytest.mark.parametrize("role", ["shift_lead", "head"])
def test_nothing_to_decide_is_said_to_whoever_could(handled, people, role):
    with pytest.raises(NoRequestWaitsError):
        decide(handled, getattr(people, role))


def test_nothing_to_decide_is_not_told_to_whoever_could_not(handled, people):
    with pytest.raises(NotAllowedError):
        decide(handled, people.handler)


def test_a_head_hears_that_nothing_waits_any_more_after_a_request_to_the_centre(handled, people):
    extension(handled, people, by=people.head)
    handled.refresh_from_db()
    decide(handled, people.shift_lead)
    handled.refresh_from_db()

    with pytest.raises(NoRequestWaitsError):
        decide(handled, people.head)


def test_a_request_can_be_taken_back(handled, people):
    extension(handled, people)
    handled.refresh_from_db()

    withdraw_time_request(case_id=handled.pk, version=handled.version, by=people.handler, at=NOON)

    assert TimeRequest.objects.get().state == TimeState.WITHDRAWN
    with pytest.raises(NoRequestWaitsError):
        decide(handled, people.shift_lead)


def test_a_request_lapses_when_the_unit_has_done_its_work(handled, people):
    extension(handled, people)
    handled.refresh_from_db()

    report_back(case_id=handled.pk, version=handled.version, result="换好了", by=people.handler, at=NOON)

    assert TimeRequest.objects.get().state == TimeState.LAPSED


def test_a_suspension_stops_the_clock_until_the_day_that_was_said(handled, people):
    suspension(handled, people)

    case = decide(handled, people.district_lead)

    assert (case.status, case.suspended_until) == (Status.SUSPENDED, NOON + timedelta(days=10))
    assert case.stage_due_at == DUE + timedelta(days=10)
    entry = case.timeline.get(move=Move.SUSPEND)
    assert (entry.visibility, entry.text) == (Visibility.PUBLIC, "情况属实")


@pytest.mark.parametrize("days", [-1, 0, 366])
def test_a_suspension_ends_after_it_begins_and_within_what_the_catalogue_allows(handled, people, days):
    with pytest.raises(InvalidInputError) as refusal:
        suspension(handled, people, until=NOON + timedelta(days=days))

    assert set(refusal.value.fields) == {"until"}


def test_a_suspension_whose_end_is_over_cannot_be_granted_any_more(handled, people):
    suspension(handled, people, until=NOON + timedelta(hours=1))

    with pytest.raises(InvalidInputError):
        decide(handled, people.district_lead, at=NOON + timedelta(hours=1))


def test_pauses_do_not_overlap(handled, people):
    suspension(handled, people)
    decide(handled, people.district_lead)

    with pytest.raises(IllegalMoveError):
        suspension(handled, people, at=NOON + timedelta(days=1))


def test_a_case_is_suspended_once(handled, people):
    suspension(handled, people)
    case = decide(handled, people.district_lead)
    resume_case(case_id=case.pk, version=case.version, note="", by=people.handler, at=NOON + timedelta(hours=1))

    with pytest.raises(NoMoreTimeError):
        suspension(handled, people, at=NOON + timedelta(hours=2))


def test_an_extension_cannot_be_asked_for_while_nobody_handles(district, people):
    case = make_case(district, status=Status.HANDLED, category="lamp")

    with pytest.raises(IllegalMoveError):
        extension(case, people)


def test_the_database_lets_one_request_wait(district, people):
    case = make_case(district, status=Status.IN_PROGRESS)
    make_request(district, case.pk, by=people.head)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_request(district, case.pk, by=people.handler)


def test_a_return_says_why_as_a_code_and_in_words(handled, people):
    case = return_case(
        case_id=handled.pk, version=3, reason="是小区里的路灯", code=ReturnReason.PRIVATE_PROPERTY, by=people.handler,
        at=NOON,
    )  # fmt: skip

    entry = case.timeline.get(move=Move.RETURN)
    assert (entry.data["reason"], entry.text) == ("private_property", "是小区里的路灯")
