"""Keeps the language somebody wants to read."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.models import User
from onegrid.core.errors import InvalidInputError
from onegrid.oversight.public import Actor, record


@transaction.atomic(durable=True)
def choose_language(*, language: str, by: User, at: datetime) -> None:
    """
    Set the language of one's own screens on every device.

    :raises InvalidInputError: if the site does not speak it.
    """
    if language not in dict(settings.LANGUAGES):
        raise InvalidInputError(_("The site does not speak this language."))
    user = User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    user.language = language
    user.save(update_fields=["language"])
    data = {"language": language}
    record("accounts.language_chosen", target=f"accounts.User:{by.id}", by=Actor(by.username), at=at, data=data)
