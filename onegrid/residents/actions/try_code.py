"""Let in whoever types the code that was sent to an address; the account begins with the first time."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from uuid import UUID

from django.conf import settings
from django.db import transaction

from onegrid.notifications.public import forget_subscribers, keep_subscriber
from onegrid.oversight.public import Actor, record
from onegrid.residents.models import Account, Code, Visit
from onegrid.residents.rules.lasting import ACCOUNT_LASTS, CODE_LASTS, MOST_TRIES, VISIT_LASTS
from onegrid.residents.rules.marks import code_mark, token_hash, typed_code

BY = Actor(name="resident")


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried:
    """What came of a try: the token of the browser if it was right, else how many tries are left of this code."""

    token: str = ""
    tries_left: int = 0


@transaction.atomic(durable=True)
def try_code(*, code_id: UUID, said: str, language: str, at: datetime) -> Tried:
    """
    Count a try, and open the account if it is right. A right code is good once.

    It refuses nothing by an error: a try must be counted whatever comes of it.
    """
    code = Code.objects.select_for_update(of=("self",)).filter(pk=code_id).first()
    if code is None or code.used_at or at >= code.asked_at + CODE_LASTS or code.tries >= MOST_TRIES:
        return Tried()
    code.tries += 1
    given = code_mark(code.pk, typed_code(said), key=settings.SECRET_KEY)
    if not compare_digest(given, code.code_mark) or not code.is_sent:
        code.save(update_fields=["tries"])
        return Tried(tries_left=MOST_TRIES - code.tries)
    code.used_at = at
    code.save(update_fields=["tries", "used_at"])
    if code.reader_id:
        forget_subscribers([code.reader_id])  # what the address was given for is done
    return Tried(token=_let_in(code, language=language, at=at))


def _let_in(code: Code, *, language: str, at: datetime) -> str:
    own = {"channel": code.channel, "address_mark": code.address_mark}
    until = at + ACCOUNT_LASTS
    first = {"language": language, "opened_at": at, "last_at": at, "ends_at": until}
    account, is_new = Account.objects.get_or_create(**own, defaults=first)
    if not is_new:
        account.language, account.last_at, account.ends_at = language, at, until
        account.save(update_fields=["language", "last_at", "ends_at"])
        if account.reader_id:
            keep_subscriber(account.reader_id, until=until)
    token = secrets.token_urlsafe(32)
    Visit.objects.create(account=account, token_hash=token_hash(token), begun_at=at, ends_at=at + VISIT_LASTS)
    what = "residents.opened" if is_new else "residents.signed_in"
    record(what, target=f"residents.Account:{account.pk}", by=BY, at=at, data={})
    return token
