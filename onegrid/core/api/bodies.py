"""
Read a body of JSON, strictly.

Only UTF-8 is JSON here (RFC 8259): no NaN, no lone surrogates, no byte order
mark. What is well-formed but cannot be kept (NUL characters, endless nesting,
numbers no column holds) is refused by the name of its field. Of two equal keys
the last wins.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec
from django.http import HttpRequest
from django.utils.translation import gettext as _

from onegrid.core.api.errors import MalformedBodyError, UnknownMediaTypeError
from onegrid.core.api.misfits import misfit
from onegrid.core.errors import InvalidInputError

DEEPEST = 20
LARGEST = 2**63

StructT = TypeVar("StructT")
_NUMBER = re.compile(r"[-+]?[0-9._]+([eE][-+]?[0-9]+)?")


def decoded(request: HttpRequest, shape: type[StructT]) -> StructT:
    """
    Return a request's JSON body in the shape that an endpoint expects.

    :raises UnknownMediaTypeError: if it says that it is something else.
    :raises MalformedBodyError: if it is not JSON.
    :raises InvalidInputError: naming the field that does not fit.
    """
    if request.content_type != "application/json":
        raise UnknownMediaTypeError
    raw = request.body
    try:
        body = msgspec.json.decode(raw, type=shape)
    except msgspec.ValidationError as fault:
        anything(raw)
        raise misfit(str(fault)) from fault
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise MalformedBodyError from fault
    if b"\\u0000" in raw:
        anything(raw)
    return body


def anything(raw: bytes) -> Any:  # noqa: ANN401 — JSON can be anything
    """
    Return any JSON that we can keep.

    :raises MalformedBodyError: if it is not JSON.
    :raises InvalidInputError: naming the field that cannot be kept.
    """
    try:
        value = msgspec.json.decode(raw)
    except msgspec.ValidationError as fault:
        raise misfit(str(fault)) from fault
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        # Of what nests without end nobody can tell whether it ever closes.
        raise MalformedBodyError from fault
    require_keepable(value)
    return value


def require_keepable(value: object) -> None:
    """
    Check that texts, numbers and nesting are such that the database can hold them.

    :raises InvalidInputError: naming the field that cannot be kept.
    """
    for name, fault in _faults(value, "", 0):
        raise InvalidInputError(_("The body cannot be taken as it is."), fields={name or "body": fault})


def _faults(value: object, name: str, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, str) and "\x00" in value:
        yield name, _("This text holds a character that cannot be kept.")
    elif isinstance(value, int | float) and abs(value) >= LARGEST:
        yield name, _("This number is too large.")
    elif isinstance(value, Mapping | list) and depth >= DEEPEST:
        yield name, _("This is nested too deeply.")
    elif isinstance(value, Mapping):
        for key, part in value.items():
            inner = f"{name}.{key}" if name else str(key)
            yield from _faults(str(key), name, depth)
            yield from _faults(part, inner, depth + 1)
    elif isinstance(value, list):
        for part in value:
            yield from _faults(part, name, depth + 1)


def is_number(text: str) -> bool:
    """Tell whether a text is a bare number, which no moment is."""
    return _NUMBER.fullmatch(text.strip()) is not None


def in_utc(moment: datetime) -> datetime:
    """Return a moment in UTC: PostgreSQL knows no zone as far away as a text can name; the ends of time stay there."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return moment.replace(tzinfo=UTC)
