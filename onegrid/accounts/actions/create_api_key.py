"""Gives somebody a key for their program."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts import rules
from onegrid.accounts.models import ApiKey, User
from onegrid.core.errors import InvalidInputError
from onegrid.oversight.public import Actor, record

MOST = 20


@transaction.atomic(durable=True)
def create_api_key(*, name: str, scopes: list[str], expires_at: datetime, by: User, at: datetime) -> tuple[ApiKey, str]:
    """
    Make a key of one's own and return it with its text, which is shown once and kept nowhere.

    :raises InvalidInputError: if the name is empty, a scope unknown, the time too long, or there are too many.
    """
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)  # two requests must not both take the last place
    _check(name=name, scopes=scopes, expires_at=expires_at, by=by, at=at)
    prefix = f"{rules.MARK}_{secrets.token_hex(4)}"
    secret = secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        user=by,
        name=name.strip(),
        prefix=prefix,
        secret_hash=rules.hash_of(secret),
        scopes=sorted(scopes),
        created_at=at,
        expires_at=expires_at,
    )
    data = {"prefix": prefix, "scopes": key.scopes, "expires_at": expires_at.isoformat()}
    record("accounts.api_key_created", target=f"accounts.ApiKey:{key.id}", by=Actor(by.username), at=at, data=data)
    return key, rules.joined(prefix, secret)


def _check(*, name: str, scopes: list[str], expires_at: datetime, by: User, at: datetime) -> None:
    faults = {
        "name": None if name.strip() else _("Say what the key is for."),
        "scopes": rules.why_not_scopes(scopes),
        "expires_at": rules.why_not_expiry(expires_at, at),
    }
    fields = {field: str(fault) for field, fault in faults.items() if fault}
    if fields:
        raise InvalidInputError(_("The key was not made."), fields=fields)
    if by.api_keys.filter(revoked_at=None, expires_at__gt=at).count() >= MOST:
        raise InvalidInputError(_("You have %s keys already. Revoke one first.") % MOST)
