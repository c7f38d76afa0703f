"""The shapes in which one's own account leaves through the API."""

from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from onegrid.core.api.interface import In, Moment
from onegrid.core.pagination import LONGEST_CURSOR, MOST_ROWS, PAGE_SIZE


class DutyOut(Schema):
    """A role that one holds, in an area, for a unit."""

    role: str
    area: str
    area_name: str
    unit: str
    unit_name: str
    permissions: list[str]


class MeOut(Schema):
    """Who is calling, and what they may do. `scopes` is null for a session, which has them all."""

    username: str
    display_name: str
    language: str
    scopes: list[str] | None
    duties: list[DutyOut]


class KeyOut(Schema):
    """One of one's own keys, by its public part."""

    prefix: str
    name: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    last_used_on: date | None


class KeysOut(Schema):
    """One's own keys that still work. Keys are made on the site, by a person."""

    keys: list[KeyOut]


class AuditIn(In):
    """Which entries of the trail."""

    code: Annotated[str, Field(max_length=100)] = ""
    target: Annotated[str, Field(max_length=200)] = ""
    by: Annotated[str, Field(max_length=150)] = ""
    since: Moment | None = None
    until: Moment | None = None
    after: Annotated[str, Field(max_length=LONGEST_CURSOR)] = ""
    limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] = PAGE_SIZE


class AuditEntryOut(Schema):
    """One line of the trail."""

    seq: int
    code: str
    target: str
    by: str
    unit: str
    at: datetime
    received_at: datetime
    data: dict[str, object]
    is_sealed: bool


class AuditOut(Schema):
    """A page of the trail; `next_after` is empty at its end."""

    entries: list[AuditEntryOut]
    next_after: str
