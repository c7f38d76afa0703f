from datetime import timedelta

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from onegrid.core.tasks import rescue_stalled_jobs


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_dead_worker_is_put_back():
    job = rescue_stalled_jobs.defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id",
            [timezone.now() - timedelta(minutes=5)],
        )
        (worker,) = cursor.fetchone()
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [worker, job])

    rescued = async_to_sync(rescue_stalled_jobs.func)(timestamp=0)

    assert rescued == 1
    assert ProcrastinateJob.objects.get(id=job).status == "todo"
