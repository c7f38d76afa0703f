"""Lines of the log."""

import json
import logging

from onegrid.core.json_log import JsonLines
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
