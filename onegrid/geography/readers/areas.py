"""Areas as a list, and one of them with its outline."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from onegrid.core.errors import NotFoundError
from onegrid.core.pagination import Slice, cursor, place
from onegrid.geography.models import Area


class AreaNotFoundError(NotFoundError):
    """There is no standing area of this code."""


def standing_areas(*, level: str = "", within: str = "", after: str = "", limit: int) -> Slice[Area]:
    """
    Return areas that stand now, by code and without their outlines, in one or two statements.

    `within` is the code of an area; it is among them if it has the level.

    :raises AreaNotFoundError: if `within` is no standing area.
    :raises UnknownCursorError: if `after` is no place in the list.
    """
    areas = Area.objects.standing().select_related("parent").defer("outline", "parent__outline").order_by("code")
    if within:
        areas = areas.within(standing_area(within))
    if level:
        areas = areas.filter(level=level)
    if after:
        (code,) = place(after, tuple[str])
        areas = areas.filter(code__gt=code)
    rows: Sequence[Area] = list(areas[: limit + 1])
    return Slice(rows=rows[:limit], next_after=cursor(rows[limit - 1].code) if len(rows) > limit else "")


def standing_area(code: str) -> Area:
    """
    Return an area that stands now, with its outline.

    :raises AreaNotFoundError: if there is none of this code.
    """
    area = Area.objects.standing().select_related("parent").defer("parent__outline").filter(code=code).first()
    if area is None:
        raise AreaNotFoundError(_("There is no such area."))
    return area


def area_names(codes: Collection[str]) -> dict[str, str]:
    """Return the names of areas, standing or former, by code; of one that was redrawn the newest."""
    found = Area.objects.filter(code__in=codes).order_by("opens_on")
    return dict(found.values_list("code", "name"))
