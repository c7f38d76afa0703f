import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from onegrid.core import readiness, upkeep
from onegrid.core.tasks import rescue_stalled_jobs

pytestmark = pytest.mark.django_db


def hear_from_worker(*, ago):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [timezone.now() - ago])


@pytest.fixture
def _pack_is_missing(monkeypatch):
    monkeypatch.setattr(readiness, "_checks", dict(readiness._checks))
    readiness.check("pack")(lambda: "none is loaded")


def test_healthz_answers_for_any_host_and_without_a_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz", headers={"host": "10.0.0.7"})

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_readyz_is_content_when_a_worker_lives(client):
    hear_from_worker(ago=timedelta(seconds=1))

    response = client.get("/readyz")

    checks = response.json()["checks"]
    assert {name: checks[name] for name in ("database", "migrations", "worker", "queue", "disk")} == dict.fromkeys(
        ("database", "migrations", "worker", "queue", "disk"), "ok"
    )


def test_readyz_misses_a_worker_that_has_fallen_silent(client):
    hear_from_worker(ago=timedelta(minutes=1))

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["checks"]["worker"] == "no background worker is alive"


def test_readyz_says_for_how_long_the_oldest_job_waits(client):
    hear_from_worker(ago=timedelta(seconds=1))
    job = rescue_stalled_jobs.defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '1 hour' WHERE job_id = %s", [job])

    response = client.get("/readyz")

    assert response.json()["checks"]["queue"] == "the oldest job has been waiting for 60 minutes"


def test_readyz_does_not_mind_that_what_comes_in_thousands_waits(client):
    hear_from_worker(ago=timedelta(seconds=1))
    job = rescue_stalled_jobs.configure(priority=upkeep.CAN_WAIT).defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '1 hour' WHERE job_id = %s", [job])

    assert client.get("/readyz").json()["checks"]["queue"] == "ok"


def test_readyz_misses_room_on_the_disk(client, monkeypatch):
    monkeypatch.setattr(readiness, "LEAST_FREE", 2**63)

    assert "MB are free" in client.get("/readyz").json()["checks"]["disk"]


@pytest.mark.usefixtures("_pack_is_missing")
def test_readyz_gives_the_reason_of_an_app(client):
    hear_from_worker(ago=timedelta(seconds=1))

    response = client.get("/readyz")

    assert response.status_code == 503
    assert json.loads(response.content) == response.json()
    assert response.json()["checks"]["pack"] == "none is loaded"


def test_a_check_that_cannot_ask_the_database_is_a_reason(monkeypatch):
    monkeypatch.setattr(readiness, "_checks", {"broken": ask_for_what_is_not_there})

    assert "does not exist" in readiness.reasons()["broken"]


def ask_for_what_is_not_there():
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM nowhere")
