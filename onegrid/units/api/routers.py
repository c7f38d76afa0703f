"""The directory of units."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router

from onegrid.core.api.scopes import READ, scoped
from onegrid.core.errors import NotFoundError
from onegrid.units.api.schemas import UnitOut, UnitsIn, UnitsOut
from onegrid.units.readers.directory import UnitEntry, directory, standing_units

router = Router(tags=["units"])


@router.get("", response=UnitsOut, operation_id="units")
@scoped(READ)
def units(request: HttpRequest, asked: Query[UnitsIn]) -> UnitsOut:  # noqa: ARG001 — ninja passes it
    """List the units that stand now, by code."""
    page = standing_units(
        kind=asked.kind, function=asked.function, area=asked.area, after=asked.after, limit=asked.limit
    )
    return UnitsOut(units=[_unit(entry) for entry in page.rows], next_after=page.next_after)


@router.get("/{code}", response=UnitOut, operation_id="unit")
@scoped(READ)
def one_unit(request: HttpRequest, code: str) -> UnitOut:  # noqa: ARG001 — ninja passes it
    """Show a unit."""
    entry = directory().by_code.get(code)
    if entry is None:
        raise NotFoundError(_("There is no such unit."))
    return _unit(entry)


def _unit(entry: UnitEntry) -> UnitOut:
    return UnitOut(
        code=entry.code,
        name=entry.name,
        name_en=entry.name_en,
        kind=entry.kind,
        function=entry.function,
        level=entry.level,
        area=entry.area_path.rpartition("/")[2],
    )
