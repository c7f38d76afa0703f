"""Housekeeping that every installation needs, whatever its apps do."""

from django.core.management import call_command
from django.utils.timezone import now
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from onegrid.core.actions.count_attempts import forget_attempts, forget_cached
from onegrid.core.actions.keep_first_answers import forget_first_answers
from onegrid.core.media import resumable


@app.task(queueing_lock="rescue_stalled_jobs")
async def rescue_stalled_jobs(timestamp: int) -> int:  # noqa: ARG001  # given to every periodic task
    """
    Put jobs back whose worker has died, and return how many. A killed worker leaves them `doing` for ever.

    Where the same work waits already, the dead one's is taken away: it is done once.
    """
    stalled = list(await app.job_manager.get_stalled_jobs())
    for job in stalled:
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:
            await app.job_manager.finish_job(job, status=Status.ABORTED, delete_job=True)
    return len(stalled)


@app.task(queueing_lock="remove_expired_sessions")
def remove_expired_sessions(timestamp: int) -> None:  # noqa: ARG001  # given to every periodic task
    """Remove sign-ins that have run out."""
    call_command("clearsessions")


@app.task(queueing_lock="remove_first_answers")
def remove_first_answers(timestamp: int) -> int:  # noqa: ARG001  # given to every periodic task
    """Remove the answers to requests that nobody will repeat any more, and return how many."""
    return forget_first_answers(at=now())


@app.task(queueing_lock="sweep_uploads")
def sweep_uploads(timestamp: int) -> int:  # noqa: ARG001  # given to every periodic task
    """Take away uploads that nobody goes on with, and return how many. Meant for every hour."""
    return resumable.sweep(at=now())


@app.task(queueing_lock="forget_attempts")
def forget_attempts_and_cached(timestamp: int) -> int:  # noqa: ARG001  # given to every periodic task
    """Delete what limits have counted and what the shared cache holds once it is over; return how much."""
    at = now()
    return forget_attempts(at=at) + forget_cached(at=at)
