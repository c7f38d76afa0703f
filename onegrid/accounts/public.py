"""What other apps may use of accounts."""

from onegrid.accounts.models import ApiKey, Duty, Role, User
from onegrid.accounts.permissions import GRANTS, duties_granting, has_permission, live_duties, require

__all__ = ["GRANTS", "ApiKey", "Duty", "Role", "User", "duties_granting", "has_permission", "live_duties", "require"]
