"""
Log lines as JSON, one each: the event's name, when, where, and what was given with it; never personal data.

A database that refuses a row says so with the row's values, and one that cannot
read a statement with the statement's. Of such an error only its kind, its number
and the names of table, column and constraint are written.
"""

import json
import logging
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec
import psycopg
from django.db import Error as DatabaseError
from django.http import HttpRequest

from onegrid.core.web.discretion import is_discreet
from onegrid.core.web.request_ids import current

_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "request", "server_time"}
_encode = msgspec.json.Encoder(enc_hook=str).encode


class JsonLines(logging.Formatter):
    """Writes a record as one JSON object; `extra` becomes fields, a request or a user never does."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, object] = {
            "at": _moment(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        if request_id := current.get():
            line["request_id"] = request_id
        line |= {name: value for name, value in vars(record).items() if name not in _OWN}
        if record.exc_info and record.exc_info[1]:
            line["trace"] = trace_of(record.exc_info[1])
        try:
            return _encode(line).decode()
        except UnicodeError:  # half a character, which no encoding has
            return json.dumps(line, default=str)


def _moment(record: logging.LogRecord) -> str:
    """Return when it was; of a discreet page only the day, for a failure there must be mended all the same."""
    moment = datetime.fromtimestamp(record.created, UTC)
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest) and is_discreet(request):
        return moment.date().isoformat()
    return moment.isoformat(timespec="milliseconds")


def trace_of(error: BaseException) -> str:
    """Return the trace of an error with all that led to it, without what a database says of rows and statements."""
    return "".join(_lines(error)).rstrip("\n")


def _lines(error: BaseException) -> Iterator[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _lines(before)
        yield "\nWhich led to:\n\n"
    yield "Traceback (most recent call last):\n"
    yield from traceback.format_tb(error.__traceback__)
    if isinstance(error, psycopg.Error | DatabaseError):
        yield f"{type(error).__module__}.{type(error).__qualname__}: {_names_in(error)}\n"
    else:
        yield from traceback.format_exception_only(error)


def _names_in(error: BaseException) -> str:
    """Return what a database error says besides values; what it says in words stays out."""
    told = error if isinstance(error, psycopg.Error) else error.__cause__
    if not isinstance(told, psycopg.Error):
        return "see above"
    about = (told.diag.table_name, told.diag.column_name, told.diag.constraint_name)
    return " ".join([told.sqlstate or "no connection", *(name for name in about if name)])
