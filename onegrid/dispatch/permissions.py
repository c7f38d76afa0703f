"""What dispatch lets people do."""

from enum import StrEnum

from onegrid.accounts.public import User, duties_granting, has_permission, live_duties
from onegrid.geography.public import Level
from onegrid.units.public import UnitEntry, calendars


class Permission(StrEnum):
    """
    Permissions that dispatch checks.

    DISPUTE is opening a dispute about a case of one's unit and arguing for it; SETTLE and
    MAKE_RULE are asked for in the district, above the units that argue.
    """

    DISPATCH = "dispatch.dispatch"
    RECALL = "dispatch.recall"
    SIMULATE = "dispatch.simulate"
    DISPUTE = "dispatch.dispute"
    SETTLE = "dispatch.settle"
    MAKE_RULE = "dispatch.make_rule"
    EDIT_CALENDAR = "units.edit_calendar"  # of the units of one's area; of whole calendars with all of the district


def can_set_days(user: User, unit: UnitEntry | None) -> bool:
    """
    Tell whether somebody may set working days for a unit, or without one for whole calendars.

    Not for a unit whose days count for one's own: a day of rest gives time, and nobody gives it to themselves.
    """
    if unit is None:
        return any(duty.area.level == Level.DISTRICT for duty in duties_granting(user, Permission.EDIT_CALENDAR))
    own = {duty.unit_id for duty in live_duties(user)}
    if not own.isdisjoint(calendars().heeding({unit.id})):
        return False
    return has_permission(user, Permission.EDIT_CALENDAR, area_path=unit.area_path, unit_ids=[unit.id])
