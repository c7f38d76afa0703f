"""
Take in a case: one statement writes the case, its report, its first timeline entry and its audit line.

This is the hot path (DESIGN §6). The statement either inserts all four rows or,
where the id was sent before, none; a repeated sending gets its first answer.
The line for open pages (`live_change`) is part of it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from psycopg.types.json import Jsonb

from onegrid.accounts.public import User
from onegrid.cases.actions.lifecycle import actor
from onegrid.cases.models import Channel, Report
from onegrid.cases.rules.due import Moments
from onegrid.cases.rules.words import names_of, words_of
from onegrid.core.errors import DomainError
from onegrid.core.facts import Fact
from onegrid.core.ids import new_id
from onegrid.core.queries import prepared_cursor
from onegrid.geography.public import Level, Location
from onegrid.live.public import CHANGE_COLUMNS
from onegrid.oversight.public import ENTRY_COLUMNS, ENTRY_VALUES, entry_values


@dataclass(frozen=True, kw_only=True)
class CaseReported(Fact):
    """A case has come in."""

    case_id: UUID
    at: datetime


class ReplayedWithAnotherBodyError(DomainError):
    """The id was used before, for something else."""


@dataclass(frozen=True, kw_only=True)
class NewCase:
    """
    Everything that is known of a case when it comes in; `id` was made where it was reported.

    `stated_at` is the moment that the sender said, if they said one; a repeated sending says the same.
    """

    id: UUID
    title: str
    description: str
    channel: Channel
    location: Location
    original: tuple[float, float]
    original_system: str
    reported_at: datetime
    moments: Moments
    holder_unit_id: UUID | None
    link_secret: str
    category_id: UUID | None = None
    accuracy_m: float | None = None
    address: str = ""
    answers: Mapping[str, object] = field(default_factory=dict)
    reporter_name: str = ""
    reporter_contact: str = ""
    is_anonymous: bool = True
    is_urgent: bool = False
    is_public: bool = True
    is_simulated: bool = False
    level: Level = Level.TOWNSHIP
    route: Mapping[str, object] = field(default_factory=dict)
    parent_id: UUID | None = None
    stated_at: datetime | None = None

    def fingerprint(self) -> str:
        """Return a hash of what the sender sent, so that a repeated sending is told from another one."""
        said = [
            self.title, self.description, self.channel.value, *self.original, self.original_system, self.address,
            str(self.category_id), self.reporter_name, self.reporter_contact, dict(self.answers), self.is_anonymous,
            self.stated_at.isoformat() if self.stated_at else "",
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What the sender gets back: the number, and the moment by which somebody must have looked."""

    case_id: UUID
    number: str
    due_at: datetime | None
    was_known: bool


def link_hash(secret: str) -> str:
    """Return under which hash the secret of a private link is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


_CASE_COLUMNS = (
    "id, number, category_id, title, description, answers, channel, status, outcome, outcome_note, place, original_x, "
    "original_y, original_system, accuracy_m, address, grid_id, grid_code, community_code, township_code, area_path, "
    "grid_name, community_name, township_name, level, holder_unit_id, reported_by_id, reported_at, received_at, "
    "stage_started_at, stage_due_at, stage_yellow_at, due_at, warn_at, report_count, return_count, rework_count, "
    "reopen_count, is_urgent, is_public, is_simulated, parent_id, search, version"
)
_CASE_VALUES = (
    "%s, %s || lpad(n::text, 6, '0'), %s, %s, %s, %s, %s, 'reported', '', '', %s::point, %s, %s, %s, %s, %s, %s, %s, "
    "%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 1, 0, 0, 0, %s, %s, %s, %s, "
    # The last part of the number is a term of the search; the others are among the texts'.
    "(%s || ' ' || quote_literal(lpad(n::text, 6, '0')))::tsvector, 1"
)
_STATEMENT = f"""
WITH counter AS (SELECT nextval('cases_case_number') AS n),
new_case AS (
    INSERT INTO cases_case ({_CASE_COLUMNS}) SELECT {_CASE_VALUES} FROM counter
    ON CONFLICT (id) DO NOTHING RETURNING id, number, area_path, holder_unit_id, reported_by_id
),
new_report AS (
    INSERT INTO cases_report (id, case_id, channel, text, reporter_name, reporter_contact, is_anonymous, link_hash,
                              body_hash, reported_at, received_at)
    SELECT id, id, %s, %s, %s, %s, %s, %s, %s, %s, %s FROM new_case
),
first_entry AS (
    INSERT INTO cases_timelineentry (id, case_id, kind, move, visibility, text, by_user_id, by_name, unit_name, channel,
                                     happened_at, received_at, data)
    SELECT %s, id, 'report', '', 'public', '', %s, %s, '', %s, %s, %s, %s FROM new_case
),
change AS (
    INSERT INTO live_change ({CHANGE_COLUMNS})
    SELECT 'report', id, area_path, array_remove(ARRAY[holder_unit_id], NULL), reported_by_id, NULL FROM new_case
),
audit AS (
    INSERT INTO oversight_entry ({ENTRY_COLUMNS}) SELECT {ENTRY_VALUES} FROM new_case
)
SELECT number FROM new_case
"""  # noqa: S608 — every part is a constant of this module, of live's or of oversight's


def insert_case(new: NewCase, *, by: User | None, at: datetime) -> Receipt:
    """
    Write a new case with all that belongs to it. One statement; two where the id was sent before.

    :raises ReplayedWithAnotherBodyError: if the id was sent before with another body.
    """
    with prepared_cursor() as cursor:
        cursor.execute(_STATEMENT, _parameters(new, by=by, at=at))
        row = cursor.fetchone()
    if row is None:
        return _first_answer(new)
    return Receipt(case_id=new.id, number=row[0], due_at=new.moments.due_at, was_known=False)


def number_prefix(at: datetime) -> str:
    """Return the first part of the number of a case that comes in at a moment: `OG-261120-`."""
    return f"OG-{at.astimezone(ZoneInfo(settings.TIME_ZONE)):%y%m%d}-"


def _parameters(new: NewCase, *, by: User | None, at: datetime) -> list[Any]:
    place, prefix, user_id = new.location, number_prefix(at), by.pk if by else None
    return [
        new.id, prefix, new.category_id, new.title, new.description, Jsonb(dict(new.answers)), new.channel,
        f"({place.point.lon!r},{place.point.lat!r})", *new.original, new.original_system, new.accuracy_m, new.address,
        place.grid.id, place.grid.code, place.community.code, place.township.code, place.grid.path,
        place.grid.name, place.community.name, place.township.name, new.level, new.holder_unit_id, user_id,
        new.reported_at, at, at, new.moments.stage_due_at, new.moments.stage_yellow_at, new.moments.due_at,
        new.moments.warn_at, new.is_urgent, new.is_public, new.is_simulated,
        new.parent_id, words_of(prefix, said=(new.title, new.description, new.address), where=names_of(place)),
        new.channel, new.description or new.title, new.reporter_name, new.reporter_contact, new.is_anonymous,
        link_hash(new.link_secret), new.fingerprint(), new.reported_at, at,
        new_id(), user_id, by.display_name if by else "", new.channel, new.reported_at, at,
        Jsonb({"route": dict(new.route)}),
        *entry_values(
            "cases.report", target=f"cases.Case:{new.id}", by=actor(by), at=at, data={"channel": new.channel.value}
        ),
    ]  # fmt: skip


def _first_answer(new: NewCase) -> Receipt:
    first = Report.objects.select_related("case").filter(pk=new.id).first()
    if first is None or first.body_hash != new.fingerprint():
        raise ReplayedWithAnotherBodyError(_("This id was used before for another report. Make a new one."))
    return Receipt(case_id=first.case_id, number=first.case.number, due_at=first.case.due_at, was_known=True)
