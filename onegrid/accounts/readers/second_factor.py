"""Who has a second factor, and who must."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled

from onegrid.accounts.models import Role, User
from onegrid.accounts.permissions import live_duties


def needs_second_factor(user: User) -> bool:
    """Test if somebody may not work without a second factor: administrators."""
    return any(duty.role == Role.ADMINISTRATOR for duty in live_duties(user))


def has_second_factor(user: User) -> bool:
    """Test if somebody signs in with more than a password."""
    return bool(is_mfa_enabled(user, [Authenticator.Type.TOTP]))
