"""A simulated year in the database: whole chapters, once each, with something on every desk."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import F

from onegrid.accounts.models import Duty, Role
from onegrid.cases.models import Case, Rating, Report, SupportTask, TimelineEntry
from onegrid.cases.public import (
    AppealState,
    Channel,
    EntryKind,
    LatenessAppeal,
    Move,
    Outcome,
    Status,
    TimeKind,
    TimeRequest,
    TimeState,
    decides,
    recompute_clocks,
)
from onegrid.demonstration.actions import simulate_years as simulation
from onegrid.demonstration.actions.simulate_years import Wanted, anchor_of, missing_chapters, simulate_years
from onegrid.demonstration.models import WrittenChapter
from onegrid.demonstration.readers.figures import figures
from onegrid.demonstration.rules import arrivals, assumptions
from onegrid.dispatch.models import Dispute
from onegrid.oversight.models import Entry
from onegrid.units.models import UnitKind
from onegrid.units.public import directory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)
FEW = Wanted(cases=400, with_pictures=False)

# The others are left by people who look at single cases, and by the clock that tells of them.
PLAYED = set(EntryKind) - {EntryKind.SUPERVISION, EntryKind.NUDGE}


@pytest.fixture
def _small_district(monkeypatch):
    """Let a year have two chapters of a tenth of the cases."""
    monkeypatch.setattr(assumptions, "CASES_A_YEAR", 5_600)
    monkeypatch.setattr(simulation, "CHAPTERS_A_YEAR", 2)


class CutOffError(Exception):
    pass


def cut_off(_written):
    raise CutOffError


def test_writes_so_many_marked_cases_that_the_database_accepts(ouhai):
    assert simulate_years(FEW, at=NOW) == 400

    connection.check_constraints()
    assert Case.objects.count() == Case.objects.filter(is_simulated=True).count() == 400
    assert Report.objects.count() == 400
    assert not Case.objects.filter(reported_at__gt=NOW).exists()
    assert not TimelineEntry.objects.filter(received_at__gt=NOW).exists()
    assert Case.objects.values("number").distinct().count() == 400


def test_a_second_time_adds_nothing(ouhai):
    simulate_years(FEW, at=NOW)

    assert simulate_years(FEW, at=NOW + timedelta(days=3)) == 0
    assert missing_chapters(FEW, at=NOW) == 0
    assert Case.objects.count() == 400


@pytest.mark.usefixtures("_small_district")
def test_goes_on_where_it_was_cut_off(ouhai):
    wanted = Wanted(with_pictures=False)
    with pytest.raises(CutOffError):
        simulate_years(wanted, at=NOW, progress=cut_off)
    first = set(Case.objects.values_list("pk", flat=True))

    simulate_years(wanted, at=NOW + timedelta(hours=5))

    written = list(WrittenChapter.objects.values_list("number", "ends_at", "cases"))
    assert [number for number, *_ in written] == [0, 1]
    assert written[1][1] == arrivals.chapter(1, anchor=NOW).ends_at
    assert written[0][2] == len(first)
    assert Case.objects.count() == written[0][2] + written[1][2]


@pytest.mark.usefixtures("_small_district")
def test_only_whoever_writes_the_last_chapter_settles(ouhai, monkeypatch):
    settled = []
    monkeypatch.setattr(simulation, "_settle", lambda: settled.append(WrittenChapter.objects.count()))
    write = simulation.write_chapter
    others = {1}
    monkeypatch.setattr(
        simulation, "write_chapter", lambda **told: None if told["chapter"].number in others else write(**told)
    )

    simulate_years(Wanted(with_pictures=False), at=NOW)
    others.clear()
    simulate_years(Wanted(with_pictures=False), at=NOW)

    assert settled == [1, 2]  # after the first chapter, for the appeals, and when the last one was there


@pytest.mark.usefixtures("_small_district")
def test_counts_from_the_same_moment_where_only_a_helper_has_written_before_it_was_cut_off(ouhai):
    wanted = Wanted(with_pictures=False)
    simulate_years(wanted, at=NOW)
    WrittenChapter.objects.filter(number=0).delete()

    assert anchor_of(wanted.seed) == NOW
    assert missing_chapters(wanted, at=NOW + timedelta(hours=5)) == 1


@pytest.mark.usefixtures("_small_district")
def test_another_seed_is_another_year_and_the_same_seed_the_same(ouhai):
    simulate_years(Wanted(with_pictures=False, seed=5, cases=60), at=NOW)
    once = set(Case.objects.values_list("pk", "title"))
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE cases_case, cases_timelineentry, demonstration_writtenchapter CASCADE")

    simulate_years(Wanted(with_pictures=False, seed=5, cases=60), at=NOW)

    assert set(Case.objects.values_list("pk", "title")) == once
    simulate_years(Wanted(with_pictures=False, seed=6, cases=60), at=NOW)
    assert Case.objects.count() == 120


def test_every_centre_and_every_unit_with_people_has_something_on_its_desk(ouhai):
    simulate_years(Wanted(cases=4_000, with_pictures=False), at=NOW)

    holding = set(Case.objects.open().values_list("holder_unit", flat=True))
    centres = {unit.id for unit in directory().by_code.values() if unit.kind == UnitKind.CENTRE}
    dispatched = Case.objects.exclude(lead_unit=None).exclude(timeline__move=Move.SETTLE)
    led = set(dispatched.values_list("lead_unit", flat=True))
    staffed = set(Duty.objects.live().filter(role__in=[Role.HANDLER, Role.UNIT_HEAD]).values_list("unit", flat=True))
    assert centres <= holding
    assert led <= holding
    assert len(staffed & led) > 0.8 * len(staffed)
    late = Case.objects.open().filter(stage_due_at__lt=NOW)
    assert 0.05 < late.count() / Case.objects.open().count() < 0.4
    assert late.values("township_code").distinct().count() == 13


def test_leaves_all_that_people_leave(ouhai):
    simulate_years(Wanted(cases=2_000), at=NOW)

    merged = Case.objects.filter(status=Status.MERGED)
    assert merged.exists()
    assert not Report.objects.filter(case__in=merged).exists()
    assert Case.objects.filter(report_count__gt=1).exists()
    assert Rating.objects.exists()
    assert SupportTask.objects.filter(done_at=None).exists()
    assert set(TimelineEntry.objects.values_list("kind", flat=True)) >= PLAYED
    assert Case.objects.matching("井盖").exists()
    handled = Case.objects.filter(status=Status.CLOSED, category__proof__contains=["after:photo"])
    assert not handled.exclude(evidence__purpose="after").exclude(outcome=Outcome.WITHDRAWN).exists()
    assert not Case.objects.filter(handled_by=F("verified_by")).exists()


def test_units_ask_for_more_time_dispute_and_are_answered_by_whom_it_behoves(ouhai):
    simulate_years(Wanted(cases=2_000), at=NOW)

    connection.check_constraints()
    asked = TimeRequest.objects.select_related("case", "decided_by")
    assert set(asked.values_list("kind", "state")) >= {
        (TimeKind.EXTENSION, TimeState.GRANTED), (TimeKind.EXTENSION, TimeState.PENDING),
        (TimeKind.SUSPENSION, TimeState.GRANTED),
    }  # fmt: skip
    decided = [each for each in asked if each.decided_by]
    assert all(decides(each.decided_by, each, area_path=each.case.area_path) for each in decided)
    suspended = Case.objects.filter(status=Status.SUSPENDED)
    assert suspended.exists()
    assert not suspended.exclude(suspended_until__gt=NOW).exists()
    disputed = Dispute.objects.filter(decided_at=None)
    assert set(disputed.values_list("case", flat=True)) == set(
        Case.objects.filter(status=Status.DISPUTED).values_list("pk", flat=True)
    )
    assert not disputed.exclude(due_at=F("case__stage_due_at")).exists()
    assert Dispute.objects.exclude(decided_at=None).exists()


def test_some_units_appeal_against_lateness_and_some_of_it_is_reviewed(ouhai):
    simulate_years(Wanted(cases=2_000), at=NOW)

    appeals = LatenessAppeal.objects.all()
    assert 8 < appeals.count() <= assumptions.APPEALS
    assert set(appeals.values_list("state", flat=True)) >= {AppealState.ASKED, AppealState.SECOND_YES}
    assert not appeals.filter(asked_at__gt=NOW).exists()
    assert not appeals.filter(first_at__gt=NOW).exists()
    assert not appeals.filter(second_at__gt=NOW).exists()


def test_another_simulation_lets_units_appeal_about_other_cases(ouhai):
    simulate_years(Wanted(cases=1_000), at=NOW)
    before = LatenessAppeal.objects.count()

    simulate_years(Wanted(cases=1_000, seed=5), at=NOW)

    appeals = LatenessAppeal.objects.all()
    assert 0 < before < appeals.count() == appeals.values("case").distinct().count()


def test_the_clocks_are_those_that_are_reckoned_from_what_happened(ouhai):
    simulate_years(Wanted(cases=2_000), at=NOW)

    walked = recompute_clocks(at=NOW, is_forced=True)

    assert walked is not None
    assert (walked.done, walked.changed) == (Case.objects.open().count(), 0)


def test_the_trail_says_what_was_simulated_once_for_each_chapter(ouhai):
    simulate_years(FEW, at=NOW)

    line = Entry.objects.get(code="demonstration.chapter_written")
    assert line.data["cases"] == 400
    assert not Entry.objects.filter(code="cases.report").exists()


def test_shares_come_out_near_the_assumptions(ouhai):
    simulate_years(Wanted(cases=4_000), at=NOW)

    came = figures(at=NOW)
    assert came.cases == 4_000
    assert came.channels[Channel.GRID_WORKER] == pytest.approx(assumptions.CHANNELS[Channel.GRID_WORKER], abs=0.05)
    assert came.groups["daily"] == pytest.approx(assumptions.GROUPS["daily"], abs=0.06)
    assert came.rates["returned"] == pytest.approx(assumptions.RATES.returned, abs=0.03)
    assert came.rates["reworked"] == pytest.approx(assumptions.RATES.reworked, abs=0.03)
    # Much of a month's work in working days has not come so far yet.
    assert 0.03 < came.rates["extended"] <= assumptions.RATES.extended
    assert 0.005 < came.rates["suspended"] <= assumptions.RATES.suspended
    assert came.rates["disputed"] == pytest.approx(assumptions.RATES.disputed, abs=0.01)
    assert came.rates["refused"] == pytest.approx(assumptions.RATES.refused, abs=0.03)
    assert 0.02 < came.late_stages < 0.09
