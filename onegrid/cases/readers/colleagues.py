"""Who works in the same units."""

from django.utils.translation import gettext as _

from onegrid.accounts.public import User, live_duties
from onegrid.core.errors import InvalidInputError


def colleague(username: str, *, by: User) -> User:
    """
    Return somebody of one's own units by their user name; nobody else is named here. One statement.

    :raises InvalidInputError: if there is nobody of this name in them.
    """
    units = {duty.unit_id for duty in live_duties(by)}
    found = User.objects.filter(
        username=username, is_active=True, duties__unit__in=units, duties__ended_at__isnull=True
    ).first()
    if found is None:
        message = _("Nobody of this name works in your unit.")
        raise InvalidInputError(message, fields={"username": message})
    return found
