"""Reckoning all clocks anew after a calendar has changed."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from onegrid.cases.actions.recompute_clocks import recompute_clocks
from onegrid.cases.models import Case, Channel
from onegrid.cases.models.reckoning import Reckoning
from onegrid.cases.readers.reckoning import reckoning_now
from onegrid.cases.states import Move, Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.cases.tests.moves import MAKE
from onegrid.core.snapshots import bump
from onegrid.units.public import calendars_version

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
LONG_AGO = MORNING - 3650 * DAY  # whatever there is of calendars came later
MOMENTS = ("stage_yellow_at", "stage_due_at", "due_at", "warn_at")


@pytest.fixture
def lot(monkeypatch):
    monkeypatch.setattr("onegrid.cases.actions.recompute_clocks.LOT", 2)


def moved(district, people):
    """A case that the desks have dispatched, with its moments as the moves reckoned them."""
    case = make_case(district, status=Status.FILED, category="lamp")
    MAKE[Move.DISPATCH](district, people, {"case_id": case.pk, "version": 1, "at": MORNING + timedelta(hours=1)})
    case.refresh_from_db()
    return case


def moments(case):
    return Case.objects.values_list(*MOMENTS).get(pk=case.pk)


def test_what_the_moves_reckoned_is_found_again(district, people):
    case = moved(district, people)
    right = moments(case)
    Case.objects.filter(pk=case.pk).update(
        stage_yellow_at=None, stage_due_at=MORNING + 9 * DAY, due_at=MORNING + 9 * DAY, warn_at=None
    )

    walked = recompute_clocks(at=MORNING)

    assert (walked.done, walked.changed, walked.is_finished) == (1, 1, True)
    assert moments(case) == right


def test_what_is_right_is_not_written(district, people):
    moved(district, people)

    assert recompute_clocks(at=MORNING).changed == 0


def test_it_is_done_once_for_a_state_of_the_calendars(district, people):
    moved(district, people)
    recompute_clocks(at=LONG_AGO)

    assert recompute_clocks(at=MORNING) is None

    bump("units")
    assert recompute_clocks(at=MORNING).done == 1
    assert recompute_clocks(at=MORNING, is_forced=True).done == 1
    assert Reckoning.objects.get(calendars=calendars_version()).finished_at == MORNING


@pytest.mark.usefixtures("lot")
def test_whoever_is_cut_off_goes_on_behind_the_last_lot(district):
    for _case in range(5):
        make_case(district, category="lamp", status=Status.ACCEPTED)

    first = recompute_clocks(at=MORNING, is_enough=lambda _walked: True)
    rest = recompute_clocks(at=MORNING)

    assert (first.done, first.is_finished) == (2, False)
    assert (rest.done, rest.is_finished) == (5, True)


@pytest.mark.usefixtures("lot")
def test_a_page_can_say_how_far_it_is(district):
    for _case in range(3):
        make_case(district, category="lamp", status=Status.ACCEPTED)
    assert reckoning_now() is None

    recompute_clocks(at=MORNING, is_enough=lambda _walked: True)
    now = reckoning_now()
    assert (now.done, now.total) == (2, 3)

    recompute_clocks(at=MORNING)
    assert reckoning_now() is None


def test_a_case_from_another_system_keeps_the_promise_it_came_with(district):
    case = make_case(district, category="lamp", channel=Channel.IMPORT, due_at=MORNING + 9 * DAY)
    before = moments(case)

    recompute_clocks(at=MORNING)

    assert moments(case) == before


def test_what_is_over_is_left_alone(district):
    case = make_case(district, status=Status.CLOSED, category="lamp")

    assert recompute_clocks(at=MORNING).done == 0
    assert moments(case) == (None, None, None, None)


@pytest.mark.django_db(transaction=True)
def test_a_case_that_somebody_changes_meanwhile_is_reckoned_as_it_is_then(district, people):
    case = moved(district, people)
    right = moments(case)
    Case.objects.filter(pk=case.pk).update(stage_due_at=MORNING + 9 * DAY)

    with ThreadPoolExecutor(1) as beside:
        with transaction.atomic():
            Case.objects.filter(pk=case.pk).update(warned=80)
            walk = beside.submit(recompute_beside)
            while not somebody_waits_for_a_row():
                assert not walk.done()
                time.sleep(0.01)
        walked = walk.result()

    assert walked.changed == 1
    assert moments(case) == (*right[:3], right[1])  # told at 80 %, it is to be told again when the stage is due


def recompute_beside():
    try:
        return recompute_clocks(at=MORNING)
    finally:
        connection.close()


def somebody_waits_for_a_row():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0
