"""What one row of a file says, or why it cannot be used."""

import re
from collections.abc import Mapping as Row
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from onegrid.exchange.rules.mapping import Mapping, Moment

TITLE_LENGTH = 120
ADDRESS_LENGTH = 200
COLUMN = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, kw_only=True, slots=True)
class RowFault:
    """Why one row was refused; rows are counted as a spreadsheet shows them, the header being 1."""

    row: int
    column: str
    reason: str


class FaultyRowError(Exception):
    """A row cannot be used; caught by the import, which lists it."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason


@dataclass(frozen=True, kw_only=True, slots=True)
class PastCase:
    """One usable row."""

    row: int
    key: str
    title: str
    description: str
    address: str
    source: str
    x: float
    y: float
    category_code: str
    reported_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    outcome: str
    outcome_note: str


def read_row(number: int, row: Row[str, str], mapping: Mapping, *, district_zone: str, at: datetime) -> PastCase:
    """
    Return what a row says; what it says of the time after `at` cannot be true.

    :raises FaultyRowError: naming the column and what is wrong with it.
    """
    zone = ZoneInfo(district_zone if mapping.time_zone == "district" else mapping.time_zone)
    reported_at = _moment(row, mapping.reported_at, zone)
    if reported_at is None:
        raise FaultyRowError(mapping.reported_at.column, _("The moment of the report is missing."))
    closed_at = _moment(row, mapping.closed_at, zone)
    _require_order(reported_at, closed_at, mapping, at=at)
    title = _filled(mapping.title, row)
    if not title:
        raise FaultyRowError(mapping.title, _("There is nothing to call it by."))
    outcome, note = _outcome(row, mapping) if closed_at else ("", "")
    return PastCase(
        row=number,
        key=_filled(mapping.key, row),
        title=title if len(title) <= TITLE_LENGTH else title[: TITLE_LENGTH - 1] + "…",
        description=_filled(mapping.description, row),
        address=_filled(mapping.address, row)[:ADDRESS_LENGTH],
        source=_filled(mapping.source, row),
        x=_number(row, mapping.place.x),
        y=_number(row, mapping.place.y),
        category_code=_category(row, mapping),
        reported_at=reported_at,
        closed_at=closed_at,
        due_at=_moment(row, mapping.due_at, zone),
        outcome=outcome,
        outcome_note=note,
    )


def _require_order(reported_at: datetime, closed_at: datetime | None, mapping: Mapping, *, at: datetime) -> None:
    closed_column = mapping.closed_at.column if mapping.closed_at else ""
    for moment, column in ((reported_at, mapping.reported_at.column), (closed_at, closed_column)):
        if moment and moment > at:
            raise FaultyRowError(column, _("This moment is in the future."))
    if closed_at and closed_at < reported_at:
        raise FaultyRowError(closed_column, _("It was closed before it was reported."))


def _cell(row: Row[str, str], column: str) -> str:
    if column not in row:
        raise FaultyRowError(column, _("The file has no such column."))
    value = row[column]
    if "\x00" in value:
        raise FaultyRowError(column, _("This text holds a character that cannot be kept."))
    return value.strip()


def _filled(template: str, row: Row[str, str]) -> str:
    return " ".join(COLUMN.sub(lambda match: _cell(row, match[1]), template).split())


def _moment(row: Row[str, str], moment: Moment | None, zone: ZoneInfo) -> datetime | None:
    text = _cell(row, moment.column) if moment else ""
    if moment is None or not text:
        return None
    try:
        parsed = datetime.strptime(text, moment.format) if moment.format else datetime.fromisoformat(text)  # noqa: DTZ007
        return (parsed if parsed.tzinfo else parsed.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError) as fault:  # the latter at both ends of the calendar
        raise FaultyRowError(moment.column, _("“%(text)s” is not a moment.") % {"text": text[:40]}) from fault


def _number(row: Row[str, str], column: str) -> float:
    text = _cell(row, column)
    try:
        value = float(text)
    except ValueError as fault:
        raise FaultyRowError(column, _("“%(text)s” is not a coordinate.") % {"text": text[:40]}) from fault
    if value in {0.0, float("inf"), float("-inf")} or value != value:  # noqa: PLR0124 — only NaN differs from itself
        raise FaultyRowError(column, _("“%(text)s” is not a coordinate.") % {"text": text[:40]})
    return value


def _category(row: Row[str, str], mapping: Mapping) -> str:
    value = _cell(row, mapping.category.column)
    code = mapping.category.table.get(value, mapping.category.otherwise)
    if not code:
        reason = _("“%(value)s” is in no row of the mapping's category table.") % {"value": value[:60]}
        raise FaultyRowError(mapping.category.column, reason)
    return code


def _outcome(row: Row[str, str], mapping: Mapping) -> tuple[str, str]:
    result = mapping.outcome
    if result is None:
        reason = _("The mapping does not say what came of closed cases.")
        raise FaultyRowError(mapping.name, reason)
    said = _cell(row, result.column).lower()
    outcome = next((sign.outcome for sign in result.signs if sign.contains.lower() in said), result.otherwise)
    return outcome, _filled(result.note, row)
