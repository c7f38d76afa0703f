"""Lines of the log."""

import json
import logging

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import resolve

from onegrid.core.api.problems import answer_to
from onegrid.core.ids import new_id
from onegrid.core.json_log import JsonLines, trace_of
from onegrid.core.models import Generation
from onegrid.core.web.request_ids import current


def line(**extra):
    record = logging.makeLogRecord({"name": "onegrid.x", "levelname": "ERROR", "msg": "api.failed", **extra})
    return json.loads(JsonLines().format(record))


def test_says_event_level_and_what_was_given_with_it():
    said = line(path="/api/v1/cases")

    assert (said["event"], said["level"], said["path"]) == ("api.failed", "error", "/api/v1/cases")


def test_leaves_the_request_out():
    assert "request" not in line(request="somebody's cookies")


def test_names_the_request_it_belongs_to():
    token = current.set("abcd-1234")

    said = line()

    current.reset(token)
    assert said["request_id"] == "abcd-1234"


def test_writes_half_a_character_all_the_same():
    assert line(text="\ud800")["text"] == "\ud800"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (
            "INSERT INTO core_generation (name, value) VALUES ('张三', NULL)",
            "NotNullViolation: 23502 core_generation value",
        ),
        ("SELECT '张三'::uuid", "InvalidTextRepresentation: 22P02"),
        ("SELECT '张三' FROM nowhere", "UndefinedTable: 42P01"),
    ],
)
def test_a_database_error_is_told_without_what_was_in_the_row(statement, told):
    trace = trace_of(failing(statement))

    assert "张三" not in trace.replace(statement, "")
    assert told in trace


def failing(statement):
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return caught.value


@pytest.mark.django_db
def test_a_row_that_is_there_already_is_told_by_its_constraint():
    Generation.objects.create(name="张三", value=new_id())

    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        Generation.objects.create(name="张三", value=new_id())

    assert "23505 core_generation core_generation_pkey" in trace_of(caught.value)
    assert '张三"' not in trace_of(caught.value).replace('name="张三"', "")


def test_a_call_that_failed_is_told_by_its_view_and_not_by_its_address(rf, caplog):
    request = rf.get("/api/v1/reports/s3cret-of-a-private-link")
    request.resolver_match = resolve(request.path)

    answer_to(request, RuntimeError("unforeseen"))

    said = json.loads(JsonLines().format(caplog.records[-1]))
    assert (said["event"], said["view"]) == ("api.failed", "api:own_report")
    assert said["trace"].endswith("RuntimeError: unforeseen")
    assert "s3cret" not in json.dumps(said)
