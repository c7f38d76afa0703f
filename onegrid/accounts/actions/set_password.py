"""Give somebody a password, as the operator: the first administrator has nobody else to ask."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.models import User
from onegrid.core.errors import InvalidInputError, NotFoundError
from onegrid.oversight.public import Actor, record


@transaction.atomic(durable=True)
def set_password(*, username: str, password: str, by: Actor, at: datetime) -> User:
    """
    Set somebody's password.

    :raises NotFoundError: if nobody has that name.
    :raises InvalidInputError: if the password is too weak.
    """
    user = User.objects.select_for_update().filter(username=username).first()
    if user is None:
        raise NotFoundError(_("Nobody signs in as %(username)s.") % {"username": username})
    try:
        validate_password(password, user)
    except ValidationError as fault:
        raise InvalidInputError(" ".join(fault.messages)) from fault
    user.set_password(password)
    user.save(update_fields=["password"])
    record("accounts.password_set", target=f"accounts.User:{user.pk}", by=by, at=at, data={})
    return user
