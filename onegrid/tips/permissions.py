"""What tips lets people do. Reading needs an appointment to the channel as well, which no role brings."""

from enum import StrEnum

from django.utils.translation import gettext as _

from onegrid.accounts.public import User, duties_granting
from onegrid.core.errors import NotAllowedError


class Permission(StrEnum):
    """Permissions that tips checks."""

    READ = "tips.read"
    APPOINT = "tips.appoint"


def holds(user: User, permission: Permission) -> bool:
    """Tell whether some duty of somebody grants the permission; channels know no areas."""
    return bool(duties_granting(user, permission))


def require(user: User, permission: Permission) -> None:
    """
    Let somebody past whose duty grants the permission.

    :raises NotAllowedError: if none does.
    """
    if not holds(user, permission):
        raise NotAllowedError(_("Your duties do not allow this here."))
