"""A worker is killed in the middle of thousands of notices: the next one tells the rest, and nothing twice."""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from onegrid.cases.models import Case, TimelineEntry
from onegrid.cases.tests.factories import make_district, make_people
from onegrid.dispatch.actions.sweep_deadlines import LOT
from onegrid.dispatch.rules.wording import OVER
from onegrid.dispatch.tests.limits import dispatched, many_like
from onegrid.notifications.models import InboxEntry
from tests.operation.running import ROOT, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
LOTS = 8
SWEEP = "onegrid.dispatch.tasks.sweep"


@pytest.fixture
def start_worker(tmp_path):
    """Start `onegrid worker` on the database of this test; what still runs in the end is killed."""
    name = connection.settings_dict["NAME"]
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    ours = {"ONEGRID_DATABASE_URL": os.environ["ONEGRID_DATABASE_URL"].replace("/onegrid?", f"/{name}?")}
    processes = []
    with closing((tmp_path / "worker.log").open("wb")) as log:

        def start():
            words = [sys.executable, "-m", "config.cli", "worker"]
            processes.append(subprocess.Popen(words, cwd=ROOT, env=kept | ours, stdout=log, stderr=log))
            return processes[-1]

        yield start
        for process in processes:
            process.kill()
            process.wait()


def have_swept():
    """Put a sweep into the queue, as the schedule does every minute."""
    app.configure_task(SWEEP).defer(timestamp=int(time.time()))


def test_what_a_killed_worker_had_not_told_is_told_once_by_the_next(start_worker):
    district = make_district()
    people = make_people(district)
    many_like(dispatched(district, people, at=datetime.now(UTC) - timedelta(hours=25)), LOTS * LOT - 1)
    have_swept()

    worker = start_worker()
    wait_for(lambda: Case.objects.filter(warned=100).exists(), seconds=60)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    left = Case.objects.filter(warned=0).count()
    assert 0 < left < LOTS * LOT, "the worker was not killed in the middle"
    assert left % LOT == 0  # a lot is told whole, or not

    have_swept()
    start_worker()
    wait_for(lambda: not Case.objects.filter(warned=0).exists(), seconds=120)

    ladder = (people.handler, people.head, people.shift_lead)
    told = InboxEntry.objects.filter(kind=OVER.code)
    assert [told.filter(recipient=each).count() for each in ladder] == [LOTS * LOT] * 3
    assert told.values("recipient", "data__number").distinct().count() == 3 * LOTS * LOT
    assert TimelineEntry.objects.filter(kind="escalation").count() == LOTS * LOT
