"""What other apps may use of accounts."""

from onegrid.accounts.actions.appoint_people import DEMONSTRATION_PASSWORD, Appointment, appoint_people, move_duties
from onegrid.accounts.actions.set_password import set_password
from onegrid.accounts.actions.use_api_key import use_api_key
from onegrid.accounts.models import ApiKey, Duty, Role, User
from onegrid.accounts.permissions import GRANTS, duties_granting, has_permission, live_duties, require
from onegrid.accounts.readers.acting import acting

__all__ = [
    "DEMONSTRATION_PASSWORD",
    "GRANTS",
    "ApiKey",
    "Appointment",
    "Duty",
    "Role",
    "User",
    "acting",
    "appoint_people",
    "duties_granting",
    "has_permission",
    "live_duties",
    "move_duties",
    "require",
    "set_password",
    "use_api_key",
]
