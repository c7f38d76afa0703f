"""Put a report into an account, and take it out again."""

import secrets
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from onegrid.cases.public import Report, link_hash
from onegrid.core.ids import new_id
from onegrid.residents.models import Account, Holding
from onegrid.residents.rules.lasting import MOST_HELD
from onegrid.residents.rules.marks import NONCE, sealed


@transaction.atomic(durable=True)
def hold_report(*, account: Account, secret: str, at: datetime) -> bool:
    """
    Put the report of a private link into an account; tell whether it is new there.

    It is no error where the link is none, or the account is full: the report can be opened by its link all the same.
    """
    report = Report.objects.filter(link_hash=link_hash(secret)).only("pk").first()
    held = Account.objects.select_for_update().filter(pk=account.pk).first()
    if report is None or held is None or held.holdings.count() >= MOST_HELD:
        return False
    if held.holdings.filter(report=report).exists():
        return False
    id_ = new_id()
    link = sealed(secret, for_=id_, key=settings.SECRET_KEY, nonce=secrets.token_bytes(NONCE))
    Holding.objects.create(id=id_, account=held, report=report, sealed_link=link, added_at=at)
    return True


@transaction.atomic(durable=True)
def let_go(*, account: Account, holding_id: UUID) -> bool:
    """Take a report out of an account, and tell whether it was in there; the report stays, and so does its link."""
    _count, by_model = account.holdings.filter(pk=holding_id).delete()
    return bool(by_model.get("residents.Holding"))
