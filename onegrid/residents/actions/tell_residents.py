"""
Tell residents by e-mail what is new in their reports, once per public step.

How far each was told stands with the account and moves in the transaction that puts the letter into the queue: a
worker that dies in between has told nothing and forgotten nothing. The mail names number and step, and nothing that
the reporter wrote or is asked: it lies with a provider that we do not know.
"""

from collections import defaultdict
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import override

from onegrid.cases.public import ASKS, Channel, EntryKind, TimelineEntry, Visibility, is_question, strangers
from onegrid.core.ids import first_id_at
from onegrid.notifications.public import Post, hurry_letters, post_letters
from onegrid.residents.actions.ask_for_code import PAGE
from onegrid.residents.models import Account, Holding
from onegrid.residents.rules.stopping import stop_path
from onegrid.residents.rules.wording import Line, news

SETTLED = timedelta(seconds=30)  # after which no transaction is open any more that wrote at that moment
SKEW = timedelta(minutes=10)  # by which an id may have been made before we heard of what it names


@transaction.atomic(durable=True)
def tell_residents(*, at: datetime) -> int:
    """Put into the queue what residents have not been told yet, and return how many letters that are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('residents.tell'))")
    due = Account.objects.filter(reader__isnull=False, told_until__lt=at - SETTLED, ends_at__gt=at)
    accounts = list(due.select_related("reader"))
    if not accounts:
        return 0
    held: dict[UUID, set[UUID]] = defaultdict(set)
    for account_id, case_id in Holding.objects.filter(account__in=accounts).values_list("account", "report__case"):
        held[account_id].add(case_id)
    entries = _heard(held, since=min(account.told_until or at for account in accounts), until=at - SETTLED)
    posts = [post for account in accounts if (post := _post(account, held[account.pk], entries))]
    Account.objects.filter(pk__in=[account.pk for account in accounts]).update(told_until=at - SETTLED)
    if posts:
        post_letters(posts, at=at)
        hurry_letters()
    return len(posts)


def _heard(held: dict[UUID, set[UUID]], *, since: datetime, until: datetime) -> list[TimelineEntry]:
    entries = TimelineEntry.objects.filter(
        pk__gte=first_id_at(since - SKEW),
        received_at__gt=since,
        received_at__lte=until,
        case__in=set().union(*held.values()),
    ).exclude(case__channel=Channel.IMPORT)
    entries = entries.filter(Q(visibility=Visibility.PUBLIC) | Q(kind=EntryKind.NOTE, data__has_key=ASKS))
    return list(entries.select_related("case").order_by("-received_at", "-pk"))


def _post(account: Account, cases: set[UUID], entries: list[TimelineEntry]) -> Post | None:
    since = account.told_until
    own = [entry for entry in entries if entry.case_id in cases and since is not None and entry.received_at > since]
    if not own or account.reader_id is None:
        return None
    stop = stop_path(account.pk)
    with override(account.language):
        lines = [
            Line(
                number=entry.case.number,
                heading=told.heading,
                moment=told.moment,
                unit=told.unit,
                text="" if is_question(entry) else told.text,
            )
            for entry, told in zip(own, strangers.tellings(own), strict=True)
        ]
        url = f"{settings.SITE_URL}{PAGE}" if settings.SITE_URL else ""
        words = news(lines, url=url, stop_url=f"{settings.SITE_URL}{stop}")
    return Post(subscriber=account.reader_id, title=words.title, text=words.text, path=PAGE, stop_path=stop)
