"""Have background work that failed for good tried once more, when its cause is gone."""

from datetime import datetime

from django.db import connection
from procrastinate.contrib.django import app

_FAILED = "SELECT id, task_name, queueing_lock FROM procrastinate_jobs WHERE status = 'failed' ORDER BY id"
_WAITS = "SELECT FROM procrastinate_jobs WHERE status = 'todo' AND queueing_lock = %s"
_TAKE_AWAY = "DELETE FROM procrastinate_jobs WHERE id = %s AND status = 'failed'"


def retry_failed_jobs(*, at: datetime) -> int:
    """
    Put all jobs that failed back into the queue, due at a moment; return how many.

    Where the same work waits already, the failed one is taken away: it is done once.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FAILED)
        jobs = cursor.fetchall()
        for job_id, _task, lock in jobs:
            if lock:
                cursor.execute(_WAITS, [lock])
                if cursor.fetchone() is not None:
                    cursor.execute(_TAKE_AWAY, [job_id])
                    continue
            app.job_manager.retry_job_by_id(job_id, at)
    return len(jobs)


def failed_jobs() -> list[tuple[int, str]]:
    """Return the number and the task of each job that failed for good, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_FAILED)
        return [(job_id, task) for job_id, task, _lock in cursor.fetchall()]
