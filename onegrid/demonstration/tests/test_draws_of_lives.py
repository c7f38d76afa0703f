"""Lives told without knowing who is drawn: what nobody verified goes on without, as on a desk."""

from datetime import UTC, datetime, timedelta
from math import sqrt

import pytest

from onegrid.cases.models import Case, DrawMonth, TimelineEntry
from onegrid.cases.public import Move, Status, check_draws
from onegrid.catalogue.models import Category
from onegrid.catalogue.readers import SNAPSHOT
from onegrid.core.snapshots import bump
from onegrid.demonstration.actions.simulate_years import Wanted, simulate_years

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)


@pytest.fixture
def simulated(ouhai):
    """A thousand cases of a district in which a fifth of the daily matters is drawn, and a twentieth on the spot."""
    for category in Category.objects.all():
        is_daily = category.code.startswith("daily")
        category.procedure |= {"verification": "sampled" if is_daily else "always", "sampled_percent": 20}
        category.procedure |= {"on_the_spot_percent": 5}
        category.save(update_fields=["procedure"])
    bump(SNAPSHOT)
    simulate_years(Wanted(cases=1_500, with_pictures=False), at=NOW)


def moves(*names):
    return TimelineEntry.objects.filter(move__in=names)


def comes_out(drawn, all_, expected):
    """Whether so many of them were drawn, as far as chance may stray: four deviations, once in 16,000 runs."""
    count = all_.count()
    strays = 4 * sqrt(expected * (1 - expected) / count)
    return drawn.count() / count == pytest.approx(expected, abs=strays)


@pytest.mark.usefixtures("simulated")
def test_the_shares_of_what_chance_decides_come_out_as_the_catalogue_says():
    by_chance = moves(Move.REPORT_BACK).filter(data__draw__ground="chance")
    on_the_spot = moves(Move.SOLVE_ON_THE_SPOT, Move.SOLVE_TO_VERIFY).filter(data__draw__ground="chance")

    assert comes_out(by_chance.filter(data__draw__drawn=True), by_chance, 0.20)
    assert comes_out(on_the_spot.filter(data__draw__drawn=True), on_the_spot, 0.05)


@pytest.mark.usefixtures("simulated")
def test_what_is_not_drawn_passes_without_a_verifier_and_nothing_is_looked_at_twice():
    passed = moves(Move.PASS).filter(data__drawn=False)

    assert passed.exists()
    assert not passed.exclude(by_user=None).exists()
    assert not Case.objects.filter(timeline__in=passed, reopen_count=0).exclude(verified_by=None).exists()
    assert Case.objects.filter(timeline__in=passed, status=Status.CLOSED).exists()
    closed_at_once = Case.objects.filter(timeline__in=moves(Move.SOLVE_ON_THE_SPOT))
    assert not closed_at_once.filter(timeline__move__in=[Move.PASS, Move.FAIL, Move.CLOSE]).exists()


@pytest.mark.usefixtures("simulated")
def test_every_draw_of_every_month_comes_out_again():
    checks = [check_draws(month) for month in DrawMonth.objects.values_list("month", flat=True)]

    assert all(check.is_whole for check in checks)
    assert (
        sum(check.drawn + check.undrawn for check in checks)
        == moves(Move.REPORT_BACK, Move.SOLVE_ON_THE_SPOT, Move.SOLVE_TO_VERIFY).count()
    )


@pytest.mark.usefixtures("simulated")
def test_closing_is_not_late_because_nobody_verified():
    closings = moves(Move.CLOSE).filter(case__timeline__data__drawn=False)

    late = closings.filter(data__late=True)
    assert late.count() / closings.count() < 0.15
    assert not closings.filter(happened_at__gt=NOW + timedelta(seconds=1)).exists()
