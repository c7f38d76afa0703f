"""Who stands behind a request that has passed the door."""

from django.http import HttpRequest

from onegrid.accounts.models import User
from onegrid.core.api.errors import NotSignedInError


def acting(request: HttpRequest) -> User:
    """
    Return the person behind a request of somebody signed in, or of their key.

    :raises NotSignedInError: if nobody known is calling.
    """
    if not isinstance(request.user, User):
        raise NotSignedInError
    return request.user
