"""Which areas somebody's duties open, as conditions on whatever has the codes of a case."""

from django.db.models import Q

from onegrid.accounts.public import User, duties_granting
from onegrid.geography.public import Level

AREA_COLUMN = {Level.TOWNSHIP: "township_code", Level.COMMUNITY: "community_code", Level.GRID: "grid_code"}


def seen_by_area(user: User, *, level: Level | None = None, code: str = "") -> Q | None:
    """
    Return which areas duties open, for whatever has the codes of a case; nothing is all there is.

    Of one area of a level, only what is to be seen in it: the planner does not know that two townships exclude each
    other and would look through the one for cases of the other.
    """
    seen = Q()
    for duty in duties_granting(user, "cases.view"):
        if duty.area.level == Level.DISTRICT or (duty.area.level == level and duty.area.code == code):
            return None
        if duty.area.level != level:
            seen |= Q(**{AREA_COLUMN[Level(duty.area.level)]: duty.area.code})
    return seen


def knows_order(user: User, *, level: Level | None) -> bool:
    """
    Tell whether an index knows every order of a list of the cases that duties open, or of an area of a level.

    Of the district and of townships one does; of smaller areas only when cases were reported.
    """
    small = {Level.COMMUNITY, Level.GRID}
    return level not in small and small.isdisjoint(duty.area.level for duty in duties_granting(user, "cases.view"))
