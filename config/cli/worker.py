"""`onegrid worker`: do background work until told to stop."""

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from onegrid.core.processes import keep_what_is_loaded
from onegrid.core.slow_statements import metered_job
from onegrid.core.snapshots import fresh_for_a_job

CONCURRENCY = 4
HEARTBEAT = 5  # seconds; `core.upkeep` calls a worker gone after six of them


def worker() -> None:
    """Do background work until told to stop; jobs under way get twenty seconds to finish."""
    keep_what_is_loaded()
    assert isinstance(app.connector, DjangoConnector)
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(
            name="onegrid",
            concurrency=CONCURRENCY,
            task_middleware=[metered_job, fresh_for_a_job],
            update_heartbeat_interval=HEARTBEAT,
            shutdown_graceful_timeout=15,
            delete_jobs="successful",
        )
