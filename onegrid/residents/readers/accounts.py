"""Whose account is open in a browser, which reports stand in it, and by which channels a code can be sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from onegrid.cases.public import Report
from onegrid.notifications.public import Channel, open_channels
from onegrid.residents.models import Account, Holding
from onegrid.residents.models.account import BY_CODE
from onegrid.residents.rules.marks import opened, token_hash
from onegrid.residents.rules.stopping import account_of_stop

LONGEST_TOKEN = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A report in an account; no secret where the installation's key has changed since it was put there."""

    holding_id: UUID
    report: Report
    secret: str
    was_rated: bool


def code_channels() -> Sequence[Channel]:
    """Return by which channels this installation can send codes."""
    return [channel for channel in open_channels() if channel in BY_CODE]


def account_of(token: str, *, at: datetime) -> Account | None:
    """Return whose account is open in the browser that holds a token. One statement."""
    if not token or len(token) > LONGEST_TOKEN:
        return None
    open_now = Account.objects.filter(visits__token_hash=token_hash(token), visits__ends_at__gt=at, ends_at__gt=at)
    return open_now.select_related("reader").first()


def held_by(account: Account) -> list[Held]:
    """Return the reports of an account with their cases, those reported last first. Two statements."""
    holdings = Holding.objects.filter(account=account).select_related("report__case")
    rows = holdings.prefetch_related("report__ratings").order_by("-report__received_at", "-report__pk")
    return [
        Held(
            holding_id=row.pk,
            report=row.report,
            secret=opened(bytes(row.sealed_link), for_=row.pk, key=settings.SECRET_KEY),
            was_rated=any(rating.closing == row.report.case.reopen_count for rating in row.report.ratings.all()),
        )
        for row in rows
    ]


def is_told(token: str) -> bool:
    """Tell whether the account that a link to stop belongs to is still told something."""
    wanted = account_of_stop(token)
    return wanted is not None and Account.objects.filter(pk=wanted, reader__isnull=False).exists()
