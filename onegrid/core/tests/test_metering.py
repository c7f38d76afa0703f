"""The line that each request leaves in the log, and the one of a slow statement."""

import json
import logging
import time
from types import SimpleNamespace

import pytest
from django.db import connection
from django.http import HttpResponse
from django.utils.timezone import now

from onegrid.core.json_log import JsonLines
from onegrid.core.slow_statements import Meter, metered_job, slow
from onegrid.core.statements import Statement
from onegrid.core.web.metering import access, metered

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(caplog):
    """Everything in the log, as it would be written."""
    caplog.set_level(logging.INFO, logger=access.name)

    def written(logger):
        return [json.loads(JsonLines().format(record)) for record in caplog.records if record.name == logger.name]

    return written


def test_a_request_leaves_one_line(client, lines):
    client.get("/track/?number=%E5%BC%A0%E4%B8%89")

    (line,) = lines(access)
    assert {name: line[name] for name in ("event", "method", "view", "status")} == {
        "event": "request",
        "method": "GET",
        "view": "portal:track",
        "status": 422,
    }
    assert line["statements"] >= 0
    assert line["ms"] > 0
    assert set(line) == {"at", "level", "logger", "event", "method", "view", "status", "ms", "statements"}


def test_a_private_link_is_not_in_it(client, lines):
    client.get("/t/s3cret-of-a-private-link/")

    assert "s3cret" not in json.dumps(lines(access))
    assert [line["view"] for line in lines(access)] == ["portal:private"]


def test_an_address_that_leads_nowhere_is_not_in_it(client, lines):
    client.get("/nowhere/of/anybody/")

    assert [(line["view"], line["status"]) for line in lines(access)] == [("none", 404)]


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_a_probe_leaves_none(client, lines, path):
    client.get(path)

    assert lines(access) == []


@pytest.fixture
def all_are_slow(settings):
    """Every statement takes too long."""
    settings.SLOW_QUERY_SECONDS = 0.000001


@pytest.mark.usefixtures("all_are_slow")
def test_a_slow_statement_is_noted_without_its_values(rf, lines):
    request = rf.get("/t/s3cret-of-a-private-link/")
    request.resolver_match = None

    metered(asks_for_somebody)(request)

    (line,) = lines(slow)
    assert (line["event"], line["statement"], line["view"]) == ("database.slow_statement", "SELECT %s::text", "none")
    assert "张三" not in json.dumps(line, ensure_ascii=False)


@pytest.mark.usefixtures("all_are_slow")
def test_so_is_one_of_a_job_in_the_background(lines):
    context = SimpleNamespace(job=SimpleNamespace(task_name="onegrid.core.tasks.sweep_uploads"))

    metered_job(asks_for_somebody, context, None)

    (line,) = lines(slow)
    assert (line["job"], line["statement"]) == ("onegrid.core.tasks.sweep_uploads", "SELECT %s::text")
    assert "张三" not in json.dumps(line, ensure_ascii=False)


def test_so_is_a_slow_one_that_was_sent_ahead(lines):
    with connection.execute_wrapper(meter := Meter(dict, 0.05)):
        Statement("SELECT pg_sleep(%s)", [0.06]).ask(now())()
        Statement("SELECT %s", [1]).ask(now())()

    assert [line["statement"] for line in lines(slow)] == ["SELECT pg_sleep(%s)"]
    assert meter.statements == 2


@pytest.mark.parametrize("limit", [0, 60])
def test_a_quick_statement_is_not(lines, limit):
    with connection.execute_wrapper(meter := Meter(dict, limit)), connection.cursor() as cursor:
        cursor.execute("SELECT 1")

    assert (meter.statements, lines(slow)) == (1, [])


def test_figures_and_line_cost_less_than_a_tenth_of_a_millisecond(rf, monkeypatch, tmp_path):
    """Of processor time, per request; the least of some rounds, because the machine may do other things."""
    request, response = rf.get("/track/"), HttpResponse()
    request.resolver_match = None
    handler = logging.FileHandler(tmp_path / "log")
    handler.setFormatter(JsonLines())
    monkeypatch.setattr(access, "handlers", [handler])
    monkeypatch.setattr(access, "propagate", False)
    monkeypatch.setattr(access, "level", logging.INFO)
    access.manager._clear_cache()
    answer = metered(lambda request: response)

    least = min(seconds_of(lambda: answer(request), times=300) for _ in range(10))

    handler.close()
    access.manager._clear_cache()
    assert least / 300 < 0.0001


def asks_for_somebody(*_):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text", ["张三"])
    return HttpResponse()


def seconds_of(work, *, times):
    started = time.process_time()
    for _ in range(times):
        work()
    return time.process_time() - started
