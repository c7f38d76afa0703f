"""Which areas somebody's duties open, as conditions on whatever has the codes of a case."""

from enum import IntEnum
from functools import reduce
from operator import or_

from django.db.models import Q

from onegrid.accounts.public import User, duties_granting
from onegrid.geography.public import Level

AREA_COLUMN = {Level.TOWNSHIP: "township_code", Level.COMMUNITY: "community_code", Level.GRID: "grid_code"}


def areas_seen(user: User, *, level: Level | None = None, code: str = "") -> list[tuple[Level, str]] | None:
    """
    Return which areas duties open; nothing is all there is.

    Of one area of a level, only what is to be seen in it: the planner does not know that two townships exclude each
    other and would look through the one for cases of the other.
    """
    seen: list[tuple[Level, str]] = []
    for duty in duties_granting(user, "cases.view"):
        if duty.area.level == Level.DISTRICT or (duty.area.level == level and duty.area.code == code):
            return None
        if duty.area.level != level:
            seen.append((Level(duty.area.level), duty.area.code))
    return seen


def seen_by_area(user: User, *, level: Level | None = None, code: str = "") -> Q | None:
    """Return the same as a condition on whatever has the codes of a case."""
    seen = areas_seen(user, level=level, code=code)
    return None if seen is None else reduce(or_, (Q(**{AREA_COLUMN[at]: there}) for at, there in seen), Q())


class Known(IntEnum):
    """Which orders of a list an index knows: none, when cases were reported, or also until when they are due."""

    NONE = 0
    LATEST = 1
    EVERY = 2


def known_orders(user: User, *, level: Level | None, code: str = "") -> Known:
    """
    Return in which orders an index has the cases that duties open, or those of them in an area.

    It has those of the district and of townships in every order, of one smaller area by when they were reported.
    """
    areas = areas_seen(user, level=level, code=code) or []
    if {level, *(each for each, _code in areas)}.isdisjoint({Level.COMMUNITY, Level.GRID}):
        return Known.EVERY
    return Known.NONE if len(areas) > 1 else Known.LATEST
