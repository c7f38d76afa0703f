from datetime import timedelta

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from onegrid.core.actions.retry_jobs import failed_jobs, retry_failed_jobs
from onegrid.core.tasks import rescue_stalled_jobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_other_jobs():
    """Without what other tests left: tables of the queue are not emptied between tests."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def job_of_a_dead_worker():
    job = rescue_stalled_jobs.defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id",
            [timezone.now() - timedelta(minutes=5)],
        )
        (worker,) = cursor.fetchone()
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [worker, job])
    return job


def test_a_job_of_a_dead_worker_is_put_back():
    job = job_of_a_dead_worker()

    rescued = async_to_sync(rescue_stalled_jobs.func)(timestamp=0)

    assert rescued == 1
    assert ProcrastinateJob.objects.get(id=job).status == "todo"


def test_where_the_same_work_waits_already_it_is_done_once():
    job_of_a_dead_worker()
    waiting = rescue_stalled_jobs.defer(timestamp=0)

    async_to_sync(rescue_stalled_jobs.func)(timestamp=0)

    assert list(ProcrastinateJob.objects.values_list("id", "status")) == [(waiting, "todo")]


def failed_job():
    job = rescue_stalled_jobs.defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [job])
    return job


def test_a_job_that_failed_for_good_is_tried_once_more_when_somebody_asks():
    job = failed_job()
    assert failed_jobs() == [(job, "onegrid.core.tasks.rescue_stalled_jobs")]

    assert retry_failed_jobs(at=timezone.now()) == 1

    assert failed_jobs() == []
    assert ProcrastinateJob.objects.get(id=job).status == "todo"


def test_one_whose_work_waits_already_is_done_once():
    failed_job()
    waiting = rescue_stalled_jobs.defer(timestamp=0)

    retry_failed_jobs(at=timezone.now())

    assert failed_jobs() == []
    assert [job.id for job in ProcrastinateJob.objects.all()] == [waiting]
