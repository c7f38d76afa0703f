"""What dispatch lets people do."""

from enum import StrEnum

from onegrid.accounts.public import User, duties_granting, has_permission
from onegrid.geography.public import Level
from onegrid.units.public import UnitEntry


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
    EDIT_UNIT_CALENDAR = "units.edit_unit_calendar"


def can_set_days(user: User, unit: UnitEntry | None) -> bool:
    """Tell whether somebody may set working days for a unit, or without one for whole calendars."""
    if unit is None:
        return any(duty.area.level == Level.DISTRICT for duty in duties_granting(user, Permission.EDIT_CALENDAR))
    return any(
        has_permission(user, permission, area_path=unit.area_path, unit_ids=[unit.id])
        for permission in (Permission.EDIT_CALENDAR, Permission.EDIT_UNIT_CALENDAR)
    )
