"""What can be read at `/metrics`, and by whom."""

import pytest
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from onegrid.core import metrics

pytestmark = pytest.mark.django_db
TOKEN = "0123456789abcdef"  # noqa: S105


def read(**headers):
    return Client().get("/metrics", headers={"host": "127.0.0.1:8000"} | headers)


def figure(name, **labels):
    """Return one figure as a scrape finds it; nothing if it is not there."""
    samples = (
        sample
        for family in text_string_to_metric_families(read().content.decode())
        for sample in family.samples
        if sample.name == name and labels.items() <= sample.labels.items()
    )
    return next((sample.value for sample in samples), None)


@pytest.fixture(autouse=True)
def _asked_anew():
    metrics._collector.forget()


def test_is_open_to_this_machine():
    response = read()

    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "127.0.0.1"},
        {"X-Real-IP": "127.0.0.1"},
        {"Forwarded": "for=127.0.0.1"},
        {"X-Forwarded-Proto": "https"},
        {"Host": "grid.example.org"},
        {"Host": "127.0.0.1.example.org"},
        {"Authorization": "Bearer "},
    ],
)
def test_is_closed_to_what_a_proxy_on_this_machine_passes_on(headers):
    given = {"host": "grid.example.org"} | {name.lower(): value for name, value in headers.items()}

    assert Client().get("/metrics", headers=given).status_code == 403


def test_is_closed_to_other_machines():
    assert Client(REMOTE_ADDR="10.0.0.7").get("/metrics", headers={"host": "127.0.0.1"}).status_code == 403


@pytest.mark.parametrize(("given", "status"), [(f"Bearer {TOKEN}", 200), ("Bearer other", 401), ("Basic eA==", 401)])
def test_opens_to_the_token_from_anywhere(settings, given, status):
    settings.METRICS_TOKEN = TOKEN
    headers = {"host": "grid.example.org", "authorization": given, "x-forwarded-for": "10.0.0.7"}

    assert Client(REMOTE_ADDR="10.0.0.7").get("/metrics", headers=headers).status_code == status


def test_counts_requests_by_view_and_kind_of_answer(client):
    before = figure("onegrid_requests_total", view="portal:track", status="2xx") or 0

    client.get("/track/")

    assert figure("onegrid_requests_total", view="portal:track", status="2xx") == before + 1
    assert figure("onegrid_request_seconds_count", view="portal:track") >= 1


def test_counts_statements_of_a_view(client):
    before = figure("onegrid_statements_total", view="portal:track") or 0

    client.get("/track/?number=OG-260101-000001")

    assert figure("onegrid_statements_total", view="portal:track") > before


def test_an_address_never_becomes_a_label(client):
    client.get("/t/s3cret-of-a-private-link/")
    client.get("/nowhere/s3cret/")

    text = read().content.decode()

    assert "s3cret" not in text
    assert 'view="none"' in text


def test_says_how_the_district_and_its_background_work_stand():
    names = [
        "onegrid_workers",
        "onegrid_oldest_job_seconds",
        "onegrid_audit_unsealed_entries",
        "onegrid_audit_unsealed_seconds",
        "onegrid_disk_free_bytes",
        "onegrid_oldest_transaction_seconds",
        "onegrid_database_reachable",
        "onegrid_build_info",
    ]

    missing = [name for name in names if figure(name) is None]

    assert missing == []
    assert figure("onegrid_cases", state="open") == figure("onegrid_cases", state="late") == 0


def test_counts_what_was_shed():
    before = figure("onegrid_requests_shed_total")

    metrics.count_shed()

    assert figure("onegrid_requests_shed_total") == before + 1


def test_asks_the_database_once_in_a_while_only(django_assert_num_queries):
    read()

    with django_assert_num_queries(0):
        read()


def test_says_that_the_database_does_not_answer(monkeypatch):
    monkeypatch.setattr(metrics, "_measures", {"broken": (fail, "", "")})

    assert figure("onegrid_database_reachable") == 0


def fail():
    raise metrics.DatabaseError
