"""Takes a key back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.models import ApiKey, User
from onegrid.accounts.readers.api_keys import KEYS
from onegrid.core.errors import NotFoundError
from onegrid.core.snapshots import bump
from onegrid.oversight.public import Actor, record


@transaction.atomic(durable=True)
def revoke_api_key(*, key_id: UUID, by: User, at: datetime) -> None:
    """
    Stop one of one's own keys from working: here at once, elsewhere within `SNAPSHOT_SECONDS`. Again changes nothing.

    :raises NotFoundError: if there is no such key of this person.
    """
    key = ApiKey.objects.select_for_update(of=("self",)).filter(pk=key_id, user=by).first()
    if key is None:
        raise NotFoundError(_("You have no such key."))
    if key.revoked_at is not None:
        return
    key.revoked_at = at
    key.save(update_fields=["revoked_at"])
    bump(KEYS)
    data = {"prefix": key.prefix}
    record("accounts.api_key_revoked", target=f"accounts.ApiKey:{key.id}", by=Actor(by.username), at=at, data=data)
