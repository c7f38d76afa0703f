"""What happened to public cases, entry by entry: the updates that FixMyStreet has added to GeoReport."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec
from django.db.models import OuterRef, Q, QuerySet, Subquery

from onegrid.cases.public import ENDED, TRANSITIONS, EntryKind, Move, Telling, TimelineEntry, strangers
from onegrid.core.pagination import Slice, cursor, place
from onegrid.open311.readers.requests import AddressOf, state, whole, written_in
from onegrid.open311.rules.spans import ALWAYS, Span


class Update(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened to a request, and whether it was open after it."""

    update_id: str
    service_request_id: str
    status: str
    updated_datetime: datetime
    description: str
    media_url: str | None


@dataclass(frozen=True, kw_only=True)
class AskedUpdates:
    """Which updates somebody asks for: those written down in a span, of all requests or of some."""

    numbers: Sequence[str] = ()
    written: Span = ALWAYS


class _Place(NamedTuple):
    received_at: datetime
    id: UUID


def updates_page(
    asked: AskedUpdates, *, size: int, page: int = 1, after: str = "", address_of: AddressOf
) -> Slice[Update]:
    """
    Return one page of the updates asked for, oldest first, so that whoever follows along goes on where they stopped.

    At most two statements. The page begins after a place in the list, else `page` counts from one.

    :raises UnknownCursorError: if `after` is no place in this list.
    """
    entries = _entries(asked)
    if after:
        moment, pk = place(after, _Place)
        entries = entries.filter(Q(received_at__gt=moment) | Q(received_at=moment, pk__gt=pk), received_at__gte=moment)
    first = 0 if after else (page - 1) * size
    rows = list(entries.order_by("received_at", "pk")[first : first + size + 1])
    last = rows[size - 1] if len(rows) > size else None
    return Slice(
        rows=_shown(rows[:size], address_of=address_of),
        next_after=cursor(last.received_at, last.pk) if last else "",
    )


def _entries(asked: AskedUpdates) -> QuerySet[TimelineEntry]:
    cases = strangers.shown()
    if asked.numbers:
        cases = cases.filter(number__in=asked.numbers)
    moves = TimelineEntry.objects.filter(case=OuterRef("case"), kind=EntryKind.MOVE).order_by("-received_at", "-pk")
    so_far = moves.filter(
        Q(received_at__lt=OuterRef("received_at")) | Q(received_at=OuterRef("received_at"), pk__lte=OuterRef("pk"))
    )
    return (
        written_in(asked.written)
        .filter(case__in=cases)
        .select_related("case")
        .annotate(last_move=Subquery(so_far.values("move")[:1]))
    )


def _shown(rows: Sequence[TimelineEntry], *, address_of: AddressOf) -> list[Update]:
    named = [row.data.get("evidence") for row in rows if row.kind == EntryKind.EVIDENCE]
    photos = strangers.photos().filter(pk__in=[key for key in named if key]).values_list("pk", flat=True)
    shown = {str(pk) for pk in photos}
    told = strangers.tellings(rows)
    return [_update(row, telling, shown, address_of=address_of) for row, telling in zip(rows, told, strict=True)]


def _update(row: TimelineEntry, telling: Telling, shown: set[str], *, address_of: AddressOf) -> Update:
    data: Mapping[str, object] = row.data
    photo = str(data.get("evidence", ""))
    return Update(
        update_id=str(row.pk),
        service_request_id=row.case.number,
        status=state(is_open=not _has_ended(row)),
        updated_datetime=whole(row.received_at),
        description="\n".join(part for part in (telling.heading, telling.text.strip()) if part),
        media_url=address_of(UUID(photo)) if photo in shown else None,
    )


def _has_ended(row: TimelineEntry) -> bool:
    move = getattr(row, "last_move", None)
    return move is not None and TRANSITIONS[Move(move)].target in ENDED
