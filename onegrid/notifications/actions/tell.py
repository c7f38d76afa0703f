"""
Tell people something: the one way into their inboxes.

It joins the caller's transaction, so that what happened and that it was told
exist together or not at all, and costs the same few statements for one notice
and for ten thousand.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from onegrid.core.bulk import copy_rows
from onegrid.core.ids import new_id
from onegrid.notifications.actions.keep_sending import hurry
from onegrid.notifications.actions.stir_bells import stir_bells
from onegrid.notifications.models import Outgoing
from onegrid.notifications.readers.channels import open_channels
from onegrid.notifications.readers.recipients import Recipient, recipients
from onegrid.notifications.rules.kinds import require_kind
from onegrid.notifications.rules.notices import LONGEST_KEY, Notice, digest_of, is_ours
from onegrid.notifications.rules.quiet import GATHERING, leaves_at
from onegrid.notifications.states import Channel

# In the order of the digests, so that two who tell the same wait for each other and never both.
_STATEMENT = """
WITH given AS (
  SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::bool[], %s::int[])
  AS given (digest, id, recipient_id, kind, path, data, is_urgent, weight)
), fresh AS (
  INSERT INTO notifications_told (digest) SELECT digest FROM given ORDER BY digest
  ON CONFLICT DO NOTHING RETURNING digest
)
INSERT INTO notifications_inboxentry (id, recipient_id, kind, path, data, is_urgent, weight, told_at)
SELECT id, recipient_id, kind, path, data::jsonb, is_urgent, weight, %s FROM given JOIN fresh USING (digest)
RETURNING id
"""


class NoticeMalformedError(ValueError):
    """A notice has a key that is too long, or leads out of the site."""


def tell(notices: Sequence[Notice], *, at: datetime) -> int:
    """
    Tell people something, in the caller's transaction; return how many of the notices were new.

    The same kind, key and recipient is told once for ever, whoever says it
    again. Who is not there or no longer active is not told. The inbox has it at
    once; what leaves the site waits for quiet hours to end unless it is urgent,
    and what is for one person and of one kind leaves as one message.

    :raises UnknownKindError: if no app has registered its kind.
    :raises NoticeMalformedError: if a key is longer than 200 characters or a path is none of ours.
    """
    for notice in notices:
        _check(notice)
    people = recipients({notice.recipient for notice in notices})
    named = {digest_of(notice): notice for notice in notices if notice.recipient in people}
    entries = {new_id(): digest for digest in named}
    if not entries:
        return 0
    new = {entry: named[entries[entry]] for entry in _written(entries, named, at=at)}
    outgoing = list(_outgoing(new, people, at=at))
    copy_rows(outgoing)
    stir_bells({notice.recipient for notice in new.values()})
    hurry({Channel(row.channel) for row in outgoing if row.is_urgent})
    return len(new)


def _check(notice: Notice) -> None:
    require_kind(notice.kind)
    if len(notice.key) > LONGEST_KEY or not is_ours(notice.path):
        raise NoticeMalformedError(notice.kind)


def _written(entries: Mapping[UUID, UUID], named: Mapping[UUID, Notice], *, at: datetime) -> list[UUID]:
    given = [(digest, entry, named[digest]) for entry, digest in entries.items()]
    columns: list[Any] = [
        [digest for digest, _, _ in given],
        [entry for _, entry, _ in given],
        [notice.recipient for _, _, notice in given],
        [notice.kind for _, _, notice in given],
        [notice.path for _, _, notice in given],
        [json.dumps(dict(notice.data)) for _, _, notice in given],
        [notice.is_urgent for _, _, notice in given],
        [notice.weight for _, _, notice in given],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, [*columns, at])
        return [entry for (entry,) in cursor.fetchall()]


def _outgoing(new: Mapping[UUID, Notice], people: Mapping[UUID, Recipient], *, at: datetime) -> Iterable[Outgoing]:
    zone, among = ZoneInfo(settings.TIME_ZONE), open_channels()
    for entry, notice in new.items():
        person, kind = people[notice.recipient], require_kind(notice.kind)
        ready = at if notice.is_urgent else at + GATHERING
        leaves = leaves_at(ready, is_urgent=notice.is_urgent, quiet=person.quiet, zone=zone)
        for channel in person.channels_for(kind, among=among):
            yield Outgoing(
                entry_id=entry,
                recipient_id=person.id,
                kind=kind.code,
                is_urgent=notice.is_urgent,
                channel=channel,
                next_try_at=leaves,
            )
