"""
Bring in a city's past cases from a table; bringing them in again changes nothing.

Every row is read and checked first, so that the report of refused rows is
whole; then the usable ones are written in batches. Each batch is one
transaction: an import that is cut off leaves whole batches behind, and the next
run goes on from there, because each case keeps the key of its row.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pyproj
from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _
from shapely.geometry import shape

from onegrid.cases.public import Outcome, PastReport, insert_past_cases, known_source_keys
from onegrid.catalogue.public import CategoryEntry, catalogue
from onegrid.core.errors import InvalidInputError
from onegrid.core.fields import Point
from onegrid.dispatch.public import route
from onegrid.exchange.readers.tables import read_rows
from onegrid.exchange.rules.carrying import Target, carry_over
from onegrid.exchange.rules.mapping import Mapping, UnusableMappingError
from onegrid.exchange.rules.rows import FaultyRowError, PastCase, RowFault, read_row
from onegrid.geography.public import Area, CoordinateSystem, Level, Location, locate, to_wgs84
from onegrid.oversight.public import Actor, record

BATCH = 2000
PROGRESS_EVERY = 500
LOCK = 0x0A51_1B07  # the advisory lock that keeps two imports apart

Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import did: how many rows it read, wrote, knew already and refused, and why."""

    read: int
    written: int
    known: int
    refused: list[RowFault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Placed:
    case: PastCase
    location: Location
    category: CategoryEntry
    key: str


def import_cases(
    *, path: Path, mapping: Mapping, by: Actor, at: datetime, progress: Progress = lambda *_: None
) -> Imported:
    """
    Write the usable rows of a file as cases, and say which were refused and why.

    :raises UnreadableFileError: if the file is no table.
    :raises UnusableMappingError: if the mapping names a category that is not in force,
        an unknown outcome or an unknown system.
    """
    _check_categories(mapping)
    _check_outcomes(mapping)
    cases, faults, read = _read(path, mapping, at=at)
    placed, outside = _place(cases, mapping)
    written = _write(placed, mapping, progress=progress, at=at)
    _record(path, mapping, written=written, refused=len(faults) + len(outside), by=by, at=at)
    refused = sorted([*faults, *outside], key=lambda fault: fault.row)
    return Imported(read=read, written=written, known=len(placed) - written, refused=refused)


def _check_categories(mapping: Mapping) -> None:
    known = catalogue().by_code
    wanted = {*mapping.category.table.values(), mapping.category.otherwise} - {""}
    missing = sorted(code for code in wanted if code not in known or not known[code].is_leaf)
    if missing:
        raise UnusableMappingError(_("Not in the catalogue: %(codes)s") % {"codes": ", ".join(missing)})


def _check_outcomes(mapping: Mapping) -> None:
    result = mapping.outcome
    wanted = {result.otherwise, *(sign.outcome for sign in result.signs)} if result else set()
    if unknown := sorted(wanted - set(Outcome.values)):
        values = {"codes": ", ".join(unknown), "known": ", ".join(Outcome.values)}
        raise UnusableMappingError(_("No outcomes: %(codes)s. There are: %(known)s.") % values)


def _read(path: Path, mapping: Mapping, *, at: datetime) -> tuple[list[PastCase], list[RowFault], int]:
    cases: list[PastCase] = []
    faults: list[RowFault] = []
    read = 0
    for number, row in read_rows(path, mapping.table):
        read += 1
        try:
            cases.append(read_row(number, row, mapping, district_zone=settings.TIME_ZONE, at=at))
        except FaultyRowError as fault:
            faults.append(RowFault(row=number, column=fault.column, reason=fault.reason))
    return cases, faults, read


def _place(cases: Sequence[PastCase], mapping: Mapping) -> tuple[list[_Placed], list[RowFault]]:
    placed: list[_Placed] = []
    faults: list[RowFault] = []
    seen: Counter[str] = Counter()
    for case, point in zip(cases, _points(cases, mapping), strict=True):
        # Rows that are alike in every way are told apart by being counted, always in the same order.
        seen[case.key] += 1
        key = f"{mapping.name}:{case.key}" + (f"#{seen[case.key]}" if seen[case.key] > 1 else "")
        try:
            location = locate(point.lon, point.lat)
        except InvalidInputError as fault:
            faults.append(RowFault(row=case.row, column=f"{mapping.place.x}, {mapping.place.y}", reason=str(fault)))
            continue
        placed.append(_Placed(case, location, catalogue().by_code[case.category_code], _short(key)))
    return placed, faults


def _short(key: str) -> str:
    longest = 120
    return key if len(key) <= longest else key[:50] + hashlib.sha256(key.encode()).hexdigest()


def _points(cases: Sequence[PastCase], mapping: Mapping) -> list[Point]:
    points = _to_wgs84([(case.x, case.y) for case in cases], mapping.place.system)
    if mapping.place.carry_over == "none":
        return points
    return carry_over(points, [f"{mapping.name}:{case.key}:{case.row}" for case in cases], _targets())


def _to_wgs84(points: Sequence[tuple[float, float]], system: str) -> list[Point]:
    if system in CoordinateSystem.values:
        return [to_wgs84(Point(*point), CoordinateSystem(system)) for point in points]
    try:
        transformer = pyproj.Transformer.from_crs(system, "EPSG:4326", always_xy=True)
    except pyproj.exceptions.CRSError as fault:
        raise UnusableMappingError(_("“%(system)s” is no coordinate system.") % {"system": system}) from fault
    lons, lats = transformer.transform([x for x, _y in points], [y for _x, y in points])
    return [Point(float(lon), float(lat)) for lon, lat in zip(lons, lats, strict=True)]


def _targets() -> list[Target]:
    grids = Area.objects.standing().filter(level=Level.GRID).only("label_at", "outline").order_by("code")
    return [Target(area.label_at, shape(area.outline)) for area in grids]


def _write(placed: Sequence[_Placed], mapping: Mapping, *, progress: Progress, at: datetime) -> int:
    written = 0
    for start in range(0, len(placed), BATCH):
        batch = placed[start : start + BATCH]
        written += _write_batch(batch, mapping, at=at)
        progress(min(start + BATCH, len(placed)), len(placed))
    return written


@transaction.atomic(durable=True)
def _write_batch(batch: Sequence[_Placed], mapping: Mapping, *, at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(current_schema()))", [LOCK % 2**31])
    known = known_source_keys([each.key for each in batch])
    fresh = [each for each in batch if each.key not in known]
    insert_past_cases([*_reports(fresh, mapping)], at=at)
    return len(fresh)


def _reports(batch: Sequence[_Placed], mapping: Mapping) -> Iterator[PastReport]:
    for each in batch:
        case, location = each.case, each.location
        level = Level.DISTRICT if each.category.lowest_level == Level.DISTRICT else Level.TOWNSHIP
        went_to = route(category=each.category, area_path=location.grid.path, level=level, at=case.reported_at)
        yield PastReport(
            source_key=each.key,
            title=case.title,
            description=case.description,
            address=case.address,
            source=case.source,
            location=location,
            original=(case.x, case.y),
            original_system=mapping.place.system,
            category=each.category,
            level=level,
            lead_unit_id=went_to.lead.id if went_to.lead else None,
            reported_at=case.reported_at,
            closed_at=case.closed_at,
            due_at=case.due_at,
            outcome=case.outcome,
            outcome_note=case.outcome_note,
            is_dispatched=mapping.open_as == "dispatched",
        )


@transaction.atomic(durable=True)
def _record(path: Path, mapping: Mapping, *, written: int, refused: int, by: Actor, at: datetime) -> None:
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    data = {"file": path.name, "sha256": digest, "mapping": mapping.name, "written": written, "refused": refused}
    record("exchange.cases_imported", target=f"exchange.File:{digest}", by=by, at=at, data=data)
