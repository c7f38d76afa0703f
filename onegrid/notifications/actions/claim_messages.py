"""
Take what is due on one channel for sending, as messages: one for each person and kind, however many notices.

What is taken is marked before anything leaves. Whoever dies after that leaves
the mark, and `release_stalled` puts it back under the same message id: nothing
is lost, and a receiver can tell what it has had before.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, Min

from onegrid.core.ids import new_id
from onegrid.notifications.models import Outgoing
from onegrid.notifications.readers.recipients import Recipient, recipients
from onegrid.notifications.rules.kinds import kind_of
from onegrid.notifications.rules.messages import NAMED, Item, Message
from onegrid.notifications.rules.quiet import PAUSE, leaves_at
from onegrid.notifications.states import Channel, Delivery

AT_ONCE = 20  # messages; each may take as long as a server lets us wait
STALLED_AFTER = timedelta(minutes=15)  # longer than twenty messages take to the slowest server

_MARK = """
UPDATE notifications_outgoing AS row
SET state = plan.state, message_id = plan.message_id, next_try_at = plan.next_try_at,
    attempts = row.attempts + (plan.state = 'sending')::int,
    settled_at = CASE WHEN plan.state = 'waiting' THEN NULL ELSE %(at)s END
FROM unnest(
  %(recipients)s::uuid[], %(kinds)s::text[], %(urgent)s::bool[], %(former)s::uuid[],
  %(states)s::text[], %(messages)s::uuid[], %(times)s::timestamptz[]
) AS plan (recipient_id, kind, is_urgent, former, state, message_id, next_try_at)
WHERE row.channel = %(channel)s AND row.state = 'waiting' AND row.next_try_at <= %(at)s
  AND row.recipient_id = plan.recipient_id AND row.kind = plan.kind AND row.is_urgent = plan.is_urgent
  AND row.message_id IS NOT DISTINCT FROM plan.former
"""

_ITEMS = """
SELECT message_id, attempts, unread, entry_id, data FROM (
  SELECT row.message_id, row.attempts, entry.id AS entry_id, entry.data,
    count(*) OVER (PARTITION BY row.message_id) AS unread,
    row_number() OVER (PARTITION BY row.message_id ORDER BY entry.weight DESC, entry.told_at, entry.id) AS place
  FROM notifications_outgoing AS row JOIN notifications_inboxentry AS entry ON entry.id = row.entry_id
  WHERE row.message_id = ANY(%s) AND row.state = 'sending' AND entry.read_at IS NULL
) AS unread WHERE place <= %s ORDER BY message_id, place
"""


@dataclass(frozen=True, kw_only=True)
class _Group:
    """What is due for one person, of one kind: it leaves together, waits on, or is dropped."""

    recipient_id: UUID
    kind: str
    is_urgent: bool
    message_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """What becomes of a group now."""

    group: _Group
    state: Delivery
    message_id: UUID | None
    next_try_at: datetime


@transaction.atomic(durable=True)
def claim_messages(*, channel: Channel, at: datetime) -> Sequence[Message] | None:
    """
    Mark what is due as being sent and return it, at most `AT_ONCE` messages; nothing when nothing is due any more.

    Preferences count as they stand now: what has come into quiet hours waits on,
    what is no longer wanted or was read on the site meanwhile is dropped, and
    what follows too soon after the last message of its kind waits for more.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"notifications.claim.{channel}"])
    groups = _due(channel, at=at)
    if not groups:
        return None
    people = recipients({group.recipient_id for group in groups})
    last = _last_sent(channel, groups, at=at)
    plans = [_plan(group, people.get(group.recipient_id), last, channel=channel, at=at) for group in groups]
    _mark(plans, channel=channel, at=at)
    sending = {plan.message_id: plan.group for plan in plans if plan.state is Delivery.SENDING and plan.message_id}
    messages = _messages(sending, people, channel=channel, at=at)
    read_already = set(sending) - {message.id for message in messages}
    Outgoing.objects.filter(message_id__in=read_already, state=Delivery.SENDING).update(state=Delivery.DROPPED)
    return messages


@transaction.atomic(durable=True)
def release_stalled(*, at: datetime) -> int:
    """Put back what a worker took that has not been heard of since; return how many rows that were."""
    stalled = Outgoing.objects.filter(state=Delivery.SENDING, settled_at__lt=at - STALLED_AFTER)
    return stalled.update(state=Delivery.WAITING, settled_at=None, next_try_at=at)


def _due(channel: Channel, *, at: datetime) -> list[_Group]:
    due = Outgoing.objects.filter(channel=channel, state=Delivery.WAITING, next_try_at__lte=at)
    rows = due.values("recipient_id", "kind", "is_urgent", "message_id").annotate(since=Min("next_try_at"))
    found = rows.order_by("-is_urgent", "since").values_list("recipient_id", "kind", "is_urgent", "message_id")
    return [_Group(recipient_id=r, kind=k, is_urgent=u, message_id=m) for r, k, u, m in found[:AT_ONCE]]


def _last_sent(channel: Channel, groups: Sequence[_Group], *, at: datetime) -> Mapping[tuple[UUID, str], datetime]:
    sent = Outgoing.objects.filter(
        recipient__in={group.recipient_id for group in groups},
        kind__in={group.kind for group in groups},
        channel=channel,
        state=Delivery.SENT,
        settled_at__gt=at - PAUSE,
    )
    last = sent.values("recipient_id", "kind").annotate(last=Max("settled_at"))
    return {(row["recipient_id"], row["kind"]): row["last"] for row in last}


def _plan(
    group: _Group,
    person: Recipient | None,
    last: Mapping[tuple[UUID, str], datetime],
    *,
    channel: Channel,
    at: datetime,
) -> _Plan:
    if person is None or channel not in person.channels_for(kind_of(group.kind), among=[channel]):
        return _Plan(group=group, state=Delivery.DROPPED, message_id=group.message_id, next_try_at=at)
    leaves = leaves_at(at, is_urgent=group.is_urgent, quiet=person.quiet, zone=ZoneInfo(settings.TIME_ZONE))
    before = last.get((group.recipient_id, group.kind))
    if before is not None and not group.is_urgent:
        leaves = max(leaves, before + PAUSE)
    if leaves > at:
        return _Plan(group=group, state=Delivery.WAITING, message_id=group.message_id, next_try_at=leaves)
    return _Plan(group=group, state=Delivery.SENDING, message_id=group.message_id or new_id(), next_try_at=at)


def _mark(plans: Sequence[_Plan], *, channel: Channel, at: datetime) -> None:
    values: dict[str, Any] = {
        "at": at,
        "channel": channel,
        "recipients": [plan.group.recipient_id for plan in plans],
        "kinds": [plan.group.kind for plan in plans],
        "urgent": [plan.group.is_urgent for plan in plans],
        "former": [plan.group.message_id for plan in plans],
        "states": [str(plan.state) for plan in plans],
        "messages": [plan.message_id for plan in plans],
        "times": [plan.next_try_at for plan in plans],
    }
    with connection.cursor() as cursor:
        cursor.execute(_MARK, values)


def _messages(
    sending: Mapping[UUID, _Group], people: Mapping[UUID, Recipient], *, channel: Channel, at: datetime
) -> list[Message]:
    if not sending:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_ITEMS, [list(sending), NAMED])
        rows = cursor.fetchall()
    named: dict[UUID, list[Item]] = {}
    facts: dict[UUID, tuple[int, int]] = {}
    for message_id, attempts, unread, entry_id, data in rows:
        named.setdefault(message_id, []).append(Item(entry_id=entry_id, data=json.loads(data)))
        facts[message_id] = attempts, unread
    return [
        Message(
            id=message_id,
            channel=channel,
            recipient_id=group.recipient_id,
            address=people[group.recipient_id].address(channel),
            language=people[group.recipient_id].language,
            kind=group.kind,
            is_urgent=group.is_urgent,
            attempts=facts[message_id][0],
            tried_at=at,
            count=facts[message_id][1],
            items=named[message_id],
        )
        for message_id, group in sending.items()
        if message_id in named
    ]
