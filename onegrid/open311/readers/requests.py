"""
Public cases as GeoReport's service requests: those that somebody asks for, page by page.

What strangers may see is not decided here (`cases.public.strangers`). Where they see no
exact place, a case lies at the point that stands for its community, for filters too: who
asks around a spot must not learn more than the map shows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

import msgspec
from django.db.models import Max, Q, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.cases.public import Case, Status, TimelineEntry, Visibility, strangers, whose_turn
from onegrid.catalogue.public import Sensitivity, catalogue
from onegrid.core.fields import Box, Circle, Point
from onegrid.core.ids import first_id_at
from onegrid.core.pagination import Slice, cursor, place
from onegrid.geography.public import Level, labels_in, meters_between
from onegrid.open311.rules.spans import ALWAYS, Span

_OFFLINE: Final = timedelta(days=7)
DIGITS: Final = 6  # of a degree: a hand's breadth
_WORLD: Final = Box(-180, -90, 180, 90)
_COLUMNS: Final = (
    "number", "category", "title", "description", "status", "outcome", "outcome_note", "place", "address",
    "community_code", "community_name", "township_name", "lead_unit", "holder_unit", "reported_at", "received_at",
    "due_at", "ended_at", "merged_into", "is_simulated",
)  # fmt: skip

AddressOf = Callable[[UUID], str]


class ServiceRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A public case as GeoReport has it. What is not known, or not for everybody, is nothing."""

    service_request_id: str
    status: str
    status_notes: str | None
    service_name: str
    service_code: str | None
    description: str | None
    agency_responsible: str | None
    service_notice: str | None
    requested_datetime: datetime
    updated_datetime: datetime
    expected_datetime: datetime | None
    address: str
    address_id: None
    zipcode: None
    lat: float | None
    long: float | None
    media_url: str | None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody asks for; what is left out asks for nothing. `numbers` override all else."""

    numbers: Sequence[str] = ()
    service_codes: Sequence[str] = ()
    is_open: bool | None = None
    requested: Span = ALWAYS
    updated: Span = ALWAYS
    near: Circle | None = None


class _Place(NamedTuple):
    reported_at: datetime
    id: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class _Beside:
    """What belongs to the cases of a page and stands in other tables."""

    changed: Mapping[UUID, datetime]
    photos: Mapping[UUID, UUID]
    merged: Mapping[UUID, str]
    labels: Mapping[str, Point]


def requests_page(
    asked: Asked, *, size: int, page: int = 1, after: str = "", address_of: AddressOf
) -> Slice[ServiceRequest]:
    """
    Return one page of the requests asked for, newest first; at most four statements.

    The page begins after a place in the list, else `page` counts from one. `address_of` says where a photo is given
    out.

    :raises UnknownCursorError: if `after` is no place in this list.
    """
    cases = chosen(asked).only(*_COLUMNS).order_by("-reported_at", "-pk")
    if after:
        moment, pk = place(after, _Place)
        # The first condition bounds the index, the second settles the same moment.
        cases = cases.filter(Q(reported_at__lt=moment) | Q(reported_at=moment, pk__lt=pk), reported_at__lte=moment)
    first = 0 if after else (page - 1) * size
    rows = list(cases[first : first + size + 1])
    last = rows[size - 1] if len(rows) > size else None
    return Slice(
        rows=_shown(rows[:size], address_of=address_of),
        next_after=cursor(last.reported_at, last.pk) if last else "",
    )


def request_of(number: str, *, address_of: AddressOf) -> ServiceRequest | None:
    """Return the request of a number, if strangers may open it; at most four statements."""
    shown = _shown(list(strangers.shown().only(*_COLUMNS).filter(number=number)), address_of=address_of)
    return shown[0] if shown else None


def chosen(asked: Asked) -> QuerySet[Case]:
    """Return the cases asked for, in no particular order."""
    if asked.numbers:
        return strangers.shown().filter(number__in=asked.numbers)
    cases = strangers.listed().filter(within("reported_at", asked.requested))
    if asked.service_codes:
        codes = frozenset(asked.service_codes)
        cases = cases.filter(category__in=[pk for pk, entry in catalogue().by_id.items() if entry.code in codes])
    if asked.is_open is not None:
        cases = cases.filter(ended_at__isnull=asked.is_open)
    if asked.near:
        cases = cases.filter(_near(asked.near))
    if asked.updated != ALWAYS:
        cases = cases.filter(pk__in=written_in(asked.updated).values("case"))
    return cases


def within(column: str, span: Span) -> Q:
    """Return which rows have a moment in a span of time."""
    found = Q()
    if span.since:
        found &= Q(**{f"{column}__gte": span.since})
    if span.before:
        found &= Q(**{f"{column}__lt": span.before})
    return found


def written_in(span: Span) -> QuerySet[TimelineEntry]:
    """Return the public entries of timelines that were written down in a span of time."""
    entries = TimelineEntry.objects.filter(within("received_at", span), visibility=Visibility.PUBLIC)
    # An id says when it was made, and its index is the primary key; one made on a phone may have waited there.
    return entries.filter(pk__gte=first_id_at(span.since - _OFFLINE)) if span.since else entries


def _near(circle: Circle) -> Q:
    exact = Q(category__in=[pk for pk, entry in catalogue().by_id.items() if entry.sensitivity == Sensitivity.OPEN])
    around = [
        label.code
        for label in labels_in(Level.COMMUNITY, circle.box())
        if meters_between(label.label_at, circle.center) <= circle.meters
    ]
    return exact & Q(place__in_circle=circle) | ~exact & Q(community_code__in=around)


def _shown(cases: Sequence[Case], *, address_of: AddressOf) -> list[ServiceRequest]:
    if not cases:
        return []
    keys = [case.pk for case in cases]
    changes = TimelineEntry.objects.filter(case__in=keys, visibility=Visibility.PUBLIC).order_by()
    photos = strangers.photos().filter(case__in=keys).order_by("case", "added_at", "id").distinct("case")
    merged = [case.merged_into_id for case in cases if case.merged_into_id]
    beside = _Beside(
        changed=dict(changes.values_list("case").annotate(Max("received_at"))),
        photos=dict(photos.values_list("case", "pk")),
        merged=dict(strangers.shown().filter(pk__in=merged).values_list("pk", "number")) if merged else {},
        labels={label.code: label.label_at for label in labels_in(Level.COMMUNITY, _WORLD)},
    )
    return [_request(case, beside, address_of=address_of) for case in cases]


def _request(case: Case, beside: _Beside, *, address_of: AddressOf) -> ServiceRequest:
    category = catalogue().by_id[case.category_id] if case.category_id else None
    spot = case.place if strangers.shows_place(case) else beside.labels.get(case.community_code)
    photo = beside.photos.get(case.pk)
    return ServiceRequest(
        service_request_id=case.number,
        status=state(is_open=case.ended_at is None),
        status_notes=_notes(case, beside),
        service_name=category.named(get_language() or "") if category else _("Kind not yet known"),
        service_code=category.code if category else None,
        description=_description(case),
        agency_responsible=strangers.unit_name(case.holder_unit_id or case.lead_unit_id) or None,
        service_notice=_("Simulated: made up for a demonstration.") if case.is_simulated else None,
        requested_datetime=whole(case.reported_at),
        updated_datetime=whole(case.ended_at or beside.changed.get(case.pk, case.received_at)),
        expected_datetime=whole(case.due_at) if case.due_at and category else None,
        address=_address(case),
        address_id=None,
        zipcode=None,
        lat=round(spot.lat, DIGITS) if spot else None,
        long=round(spot.lon, DIGITS) if spot else None,
        media_url=address_of(photo) if photo else None,
    )


def state(*, is_open: bool) -> str:
    """Return the one of GeoReport's two states."""
    return "open" if is_open else "closed"


def whole(moment: datetime) -> datetime:
    """Return a moment as it is published: in the district's time, in whole seconds."""
    return localtime(moment).replace(microsecond=0)


def _notes(case: Case, beside: _Beside) -> str:
    unit = strangers.unit_name(case.holder_unit_id)
    said = whose_turn(Status(case.status), unit=unit, outcome=case.outcome)
    number = beside.merged.get(case.merged_into_id) if case.merged_into_id else None
    return "\n".join(part for part in (said, number, case.outcome_note.strip()) if part)


def _description(case: Case) -> str | None:
    if not strangers.shows_words(case):
        return None
    title, text = strangers.title_of(case), strangers.description_of(case).strip()
    return text if text.startswith(title.removesuffix("…")) else f"{title}\n{text}".strip()


def _address(case: Case) -> str:
    return _(", ").join(filter(None, [strangers.address_of(case), case.community_name, case.township_name]))
