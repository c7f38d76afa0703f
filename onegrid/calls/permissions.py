"""What calls let people do: heads of units write them, whoever is above the unit releases them."""

from enum import StrEnum

from onegrid.accounts.public import User, has_permission, require
from onegrid.units.public import UnitEntry


class Permission(StrEnum):
    """Permissions that calls check."""

    WRITE = "calls.write"
    RELEASE = "calls.release"


def can_write(user: User, unit: UnitEntry) -> bool:
    """Tell whether somebody writes calls of a unit."""
    return has_permission(user, Permission.WRITE, area_path=unit.area_path, unit_ids=[unit.id])


def can_release(user: User, unit: UnitEntry) -> bool:
    """Tell whether somebody releases calls of a unit."""
    return has_permission(user, Permission.RELEASE, area_path=unit.area_path)


def require_write(user: User, unit: UnitEntry) -> None:
    """
    Let somebody past who writes calls of a unit.

    :raises NotAllowedError: if they may not.
    """
    require(user, Permission.WRITE, area_path=unit.area_path, unit_ids=[unit.id])


def require_release(user: User, unit: UnitEntry) -> None:
    """
    Let somebody past who releases calls of a unit.

    :raises NotAllowedError: if they may not.
    """
    require(user, Permission.RELEASE, area_path=unit.area_path)
