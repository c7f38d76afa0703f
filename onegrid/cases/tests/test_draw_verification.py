"""Reported done: who is looked at, what becomes of the others, and how anybody finds that out again."""

import hashlib
from datetime import timedelta

import pytest
from django.db import IntegrityError

from onegrid.accounts.models import Role
from onegrid.accounts.tests.callers import Program
from onegrid.cases.actions.draw_verification import seed_for, turn_months
from onegrid.cases.actions.finish_case import HandlerCannotVerifyError, close_case, solve_on_the_spot, verify_case
from onegrid.cases.actions.handle_case import report_back, take_case
from onegrid.cases.models import Case, DrawMonth, EntryKind, TimelineEntry
from onegrid.cases.public import say_not_solved
from onegrid.cases.readers.draws import check_draws
from onegrid.cases.states import Move, Outcome, Status
from onegrid.cases.tests.factories import MORNING, make_case, with_duty
from onegrid.catalogue.models import Category
from onegrid.catalogue.readers import SNAPSHOT
from onegrid.core.snapshots import bump
from onegrid.oversight.models import Entry

pytestmark = pytest.mark.django_db

NOON = MORNING + timedelta(hours=3)
LINK = "of-a-private-link"
NEXT_MONTH = MORNING + timedelta(days=10)


def procedure(**said):
    Category.objects.filter(code="roads.lamp").update(procedure=said)
    bump(SNAPSHOT)


def sampled(percent):
    procedure(verification="sampled", sampled_percent=percent, on_the_spot_percent=percent)


def worked_on(district, **also):
    return make_case(district, status=Status.IN_PROGRESS, category="lamp", **also)


def done(case, people, at=NOON):
    return report_back(case_id=case.pk, version=case.version, result="换了灯泡", by=people.handler, at=at)


def solved(case, people):
    return solve_on_the_spot(
        case_id=case.pk, version=1, category_code="roads.lamp", result="当场修好", by=people.grid_worker, at=NOON
    )


def test_what_is_not_drawn_is_verified_by_nobody_in_the_same_breath(district, people):
    sampled(0)

    case = done(worked_on(district), people)

    assert (case.status, case.verified_by, case.holder_unit) == (
        Status.VERIFIED, None, district.units.chashan_centre,
    )  # fmt: skip
    reported, passed = case.timeline.filter(kind=EntryKind.MOVE).order_by("received_at", "id")
    assert (reported.move, reported.data["draw"]["drawn"]) == (Move.REPORT_BACK, False)
    assert (passed.move, passed.by_user, passed.data["drawn"], passed.visibility) == (
        Move.PASS, None, False, "public",
    )  # fmt: skip
    assert "stage" not in passed.data  # no verification took place that could have been in time


def test_what_is_not_drawn_is_closed_as_ever_and_its_reporter_can_still_say_that_it_is_not_solved(district, people):
    sampled(0)
    case = done(worked_on(district), people)
    close_case(case_id=case.pk, version=3, outcome=Outcome.FIXED, note="", by=people.shift_lead, at=NOON)
    case.reports.update(link_hash=hashlib.sha256(LINK.encode()).hexdigest())

    say_not_solved(secret=LINK, reason="还是不亮", at=NOON)

    assert Case.objects.get(pk=case.pk).status == Status.FILED


def test_what_is_drawn_waits_for_a_verifier_and_says_why(district, people):
    sampled(100)

    case = done(worked_on(district), people)

    assert case.status == Status.HANDLED
    assert case.timeline.get(kind=EntryKind.DRAW).data["ground"] == "chance"


def test_what_comes_late_is_verified_whatever_chance_says(district, people):
    sampled(0)

    case = done(worked_on(district), people, at=MORNING + timedelta(days=2))

    assert case.status == Status.HANDLED
    assert case.timeline.get(kind=EntryKind.DRAW).data["ground"] == "late"


def test_what_its_reporter_opened_again_is_verified_whatever_chance_says(district, people):
    sampled(0)
    case = worked_on(district, reopen_count=1)
    TimelineEntry.objects.create(
        case=case, kind=EntryKind.MOVE, move=Move.REOPEN, visibility="public", channel="portal", happened_at=MORNING,
        received_at=MORNING,
    )  # fmt: skip

    assert done(case, people).timeline.get(kind=EntryKind.DRAW).data["ground"] == "not_solved"


def test_a_category_of_which_everything_is_verified_says_nothing_of_it(district, people):
    case = done(worked_on(district), people)

    assert case.status == Status.HANDLED
    assert not case.timeline.filter(kind=EntryKind.DRAW).exists()


def test_the_trail_keeps_each_draw_with_the_move(district, people):
    sampled(0)
    case = done(worked_on(district), people)

    kept = Entry.objects.get(target=f"cases.Case:{case.pk}", code="cases.report_back").data["draw"]

    assert set(kept) == {"ground", "percent", "number", "month", "round", "drawn"}
    assert kept == case.timeline.get(move=Move.REPORT_BACK).data["draw"]


def test_solved_on_the_spot_and_not_drawn_is_closed(district, people):
    case = make_case(district, category="lamp", reported_by=people.grid_worker)

    assert solved(case, people).status == Status.CLOSED


def test_solved_on_the_spot_and_drawn_is_led_by_the_grid_team_until_somebody_has_looked(district, people):
    sampled(100)
    case = make_case(district, category=None, reported_by=people.grid_worker)

    waits = solved(case, people)

    assert (waits.status, waits.outcome, waits.ended_at) == (Status.HANDLED, "", None)
    assert (waits.lead_unit, waits.holder_unit) == (district.units.grid_team, district.units.chashan_centre)
    passed = verify_case(case_id=case.pk, version=2, is_done=True, finding="亮了", by=people.verifier, at=NOON)
    closed = close_case(
        case_id=case.pk, version=passed.version, outcome=Outcome.FIXED, note="", by=people.shift_lead, at=NOON
    )
    assert (closed.status, closed.verified_by) == (Status.CLOSED, people.verifier)


def test_solved_on_the_spot_and_not_found_so_comes_back_to_the_grid_worker_as_rework(district, people):
    sampled(100)
    case = make_case(district, category=None, reported_by=people.grid_worker)
    solved(case, people)

    verify_case(case_id=case.pk, version=2, is_done=False, finding="没亮", by=people.verifier, at=NOON)

    back = Case.objects.get(pk=case.pk)
    assert (back.status, back.rework_count, back.assignee) == (Status.DISPATCHED, 1, people.grid_worker)
    taken = take_case(case_id=case.pk, version=back.version, by=people.grid_worker, at=NOON)
    again = report_back(case_id=case.pk, version=taken.version, result="又修", by=people.grid_worker, at=NOON)
    assert again.timeline.filter(kind=EntryKind.DRAW).latest("received_at", "id").data["ground"] == "reworked"


def test_rework_of_a_team_goes_to_nobody_where_the_worker_has_left_it(district, people):
    sampled(100)
    case = make_case(district, category=None, reported_by=people.grid_worker)
    solved(case, people)
    people.grid_worker.is_active = False
    people.grid_worker.save()

    verify_case(case_id=case.pk, version=2, is_done=False, finding="没亮", by=people.verifier, at=NOON)

    assert Case.objects.get(pk=case.pk).assignee is None


def test_a_worker_without_a_grid_team_of_the_place_answers_with_their_own_unit(district, people):
    sampled(100)
    lone = with_duty(Role.GRID_WORKER, unit=district.units.fire, area=district.areas.elsewhere)
    case = make_case(district, category=None, grid=district.areas.elsewhere, reported_by=lone)

    waits = solve_on_the_spot(
        case_id=case.pk, version=1, category_code="roads.lamp", result="当场修好", by=lone, at=NOON
    )

    assert waits.lead_unit == district.units.fire


def test_whoever_solved_it_on_the_spot_cannot_verify_it_nor_can_the_database_be_told_so(district, people):
    sampled(100)
    both = with_duty(Role.VERIFIER, unit=district.units.chashan_centre)
    with_the_round = both.__class__.objects.get(pk=both.pk)
    with_the_round.duties.create(
        role=Role.GRID_WORKER, unit=district.units.grid_team, area=district.areas.grid, started_at=MORNING
    )
    case = make_case(district, category=None, reported_by=both)
    solve_on_the_spot(case_id=case.pk, version=1, category_code="roads.lamp", result="好了", by=both, at=NOON)

    with pytest.raises(HandlerCannotVerifyError):
        verify_case(case_id=case.pk, version=2, is_done=True, finding="亮了", by=both, at=NOON)
    with pytest.raises(IntegrityError):
        Case.objects.filter(pk=case.pk).update(verified_by=both)


def test_a_secret_is_made_once_a_month_and_its_hash_published_with_it(district, people):
    first, second = seed_for(NOON), seed_for(NOON + timedelta(days=2))

    assert first == second
    published = Entry.objects.get(code="cases.draws_opened")
    assert published.data == {"month": "2026-11", "commitment": hashlib.sha256(first.secret).hexdigest()}
    assert first.secret.hex() not in str(published.data)


def test_a_secret_is_published_when_its_month_is_over_and_not_before(district):
    seed = seed_for(NOON)

    assert turn_months(at=NOON + timedelta(days=1)) == []
    assert turn_months(at=NEXT_MONTH) == ["2026-11"]
    assert turn_months(at=NEXT_MONTH) == []
    assert Entry.objects.get(code="cases.draws_published").data["secret"] == seed.secret.hex()
    assert set(DrawMonth.objects.values_list("month", flat=True)) == {"2026-11", "2026-12"}


def test_nothing_is_drawn_from_a_secret_that_everybody_knows(district):
    known = seed_for(NOON)
    turn_months(at=NEXT_MONTH)

    afterwards = seed_for(NOON)

    assert afterwards.month == "2026-12"
    assert afterwards.secret != known.secret


def test_the_draws_of_a_month_come_out_again(district, people):
    sampled(50)
    made = [done(worked_on(district), people) for _ in range(8)]

    check = check_draws("2026-11")

    assert check.is_whole
    assert (check.drawn, check.undrawn) == (
        sum(case.status == Status.HANDLED for case in made), sum(case.status == Status.VERIFIED for case in made),
    )  # fmt: skip


@pytest.mark.parametrize(
    "forged",
    [
        {"number": "99.9999"}, {"ground": "chance", "percent": 0.0, "drawn": True}, {"ground": "friendship"},
        {"number": "many"},
    ],
)  # fmt: skip
def test_a_draw_that_was_written_otherwise_does_not_come_out(district, people, forged):
    sampled(100)
    case = done(worked_on(district), people)
    kept = case.timeline.get(move=Move.REPORT_BACK)
    TimelineEntry.objects.create(
        case=case, kind=EntryKind.MOVE, move=Move.REPORT_BACK, visibility="public", channel="desk",
        happened_at=NOON, received_at=NOON, data={"draw": kept.data["draw"] | forged},
    )  # fmt: skip

    [fault] = check_draws("2026-11").faults

    assert fault.number == case.number


def test_a_case_reported_done_without_a_draw_is_named(district, people):
    done(worked_on(district), people)
    other = worked_on(district)
    TimelineEntry.objects.create(
        case=other, kind=EntryKind.MOVE, move=Move.REPORT_BACK, visibility="public", channel="desk",
        happened_at=NOON, received_at=NOON + timedelta(hours=1),
    )  # fmt: skip

    assert [fault.number for fault in check_draws("2026-11").faults] == [other.number]


def test_another_secret_than_the_one_that_was_published_is_noticed(district, people):
    done(worked_on(district), people)
    secret = b"of my own making"
    DrawMonth.objects.update(secret=secret, commitment=hashlib.sha256(secret).hexdigest())

    check = check_draws("2026-11")

    assert not check.commitment_holds
    assert not check.is_whole


def test_a_month_of_which_nothing_was_drawn_has_nothing_to_check(district):
    assert check_draws("2020-01") is None


def test_reporting_back_takes_a_fixed_number_of_statements(district, people, django_assert_num_queries):
    sampled(0)
    done(worked_on(district), people)  # the month has its secret, reference data is in memory
    case = worked_on(district)

    with django_assert_num_queries(14):
        done(case, people)


def test_the_api_says_whether_what_was_solved_on_the_spot_is_closed(district, people):
    program = Program(people.grid_worker)
    bodies = {"version": 1, "category": "roads.lamp", "result": "当场修好"}
    first, second = (make_case(district, category=None, reported_by=people.grid_worker) for _ in range(2))

    closed = program.send(f"cases/{first.number}/solution", bodies)
    sampled(100)
    waits = program.send(f"cases/{second.number}/solution", bodies)

    assert (closed.json()["status"], waits.json()["status"]) == ("closed", "handled")
    assert waits.json()["lead_unit"]["code"] == "chashan-grids"
