"""
Tell those who follow something what is new in it, once per public step.

How far each was told stands with the follow and moves in the transaction that
puts the letter into the queue: a worker that dies in between has told nothing
and forgotten nothing. A case is told as it goes, everything else at most once an hour.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import override

from onegrid.cases.public import Channel, TimelineEntry, Visibility, strangers
from onegrid.core.ids import first_id_at
from onegrid.following.models import Follow
from onegrid.following.readers.matching import steps_for, topics_of
from onegrid.following.readers.steps import Step, steps
from onegrid.following.readers.topics import Topic, topic_of
from onegrid.following.rules.links import stop_path
from onegrid.following.rules.wording import Line, news
from onegrid.following.states import Kind
from onegrid.notifications.public import Post, hurry_letters, post_letters

SETTLED = timedelta(seconds=30)  # after which no transaction is open any more that wrote at that moment
BETWEEN_DIGESTS = timedelta(hours=1)
MOST_ENTRIES = 5000  # that are looked at together
SKEW = timedelta(minutes=10)  # by which an id may have been made before we heard of what it names
_Topics = dict[tuple[str, str, str], Topic | None]  # by kind, code and language
AFTER_THE_END = timedelta(days=60)  # a case that ended so long ago tells nothing more


@transaction.atomic(durable=True)
def tell_followers(*, at: datetime) -> int:
    """Put into the queue what followers have not been told yet, and return how many letters that are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('following.tell'))")
    follows = _due(at=at)
    if not follows:
        return 0
    since, until = min(follow.told_until for follow in follows), at - SETTLED
    heard = _heard(since=since, until=until, most=MOST_ENTRIES)
    if len(heard) == MOST_ENTRIES:  # the rest with the next round, but all of one moment together
        until = heard[0].heard_at
        heard = _heard(since=since, until=until, most=None)
    topics = {step.case.pk: topics_of(step.case) for step in heard}
    posts: list[Post] = []
    names: _Topics = {}
    for follow in follows:
        if found := steps_for(follow, heard, topics):
            posts += _post(follow, found, names)
            follow.last_told_at = at
        follow.told_until = max(follow.told_until, until)
    Follow.objects.bulk_update(follows, ["told_until", "last_told_at"], batch_size=1000)
    if posts:
        post_letters(posts, at=at)
        hurry_letters()
    return len(posts)


def over(*, at: datetime) -> list[Follow]:
    """Return the follows of cases that have nothing more to tell: they ended long ago, or are not public any more."""
    follows = list(Follow.objects.confirmed().filter(kind=Kind.CASE))
    shown = dict(strangers.shown().filter(number__in={each.code for each in follows}).values_list("number", "ended_at"))
    return [
        follow
        for follow in follows
        if follow.code not in shown or ((ended := shown[follow.code]) and ended < at - AFTER_THE_END)
    ]


def _due(*, at: datetime) -> list[Follow]:
    follows = Follow.objects.confirmed().filter(told_until__lt=at - SETTLED, ends_at__gt=at).select_related("reader")
    digests_from = at - BETWEEN_DIGESTS
    return [
        follow
        for follow in follows
        if follow.kind == Kind.CASE or follow.last_told_at is None or follow.last_told_at <= digests_from
    ]


def _heard(*, since: datetime, until: datetime, most: int | None) -> Sequence[Step]:
    entries = TimelineEntry.objects.filter(
        pk__gte=first_id_at(since - SKEW),
        received_at__gt=since,
        received_at__lte=until,
        visibility=Visibility.PUBLIC,
        case__in=strangers.shown(),
    ).exclude(case__channel=Channel.IMPORT)
    return steps(entries.select_related("case").order_by("received_at", "pk")[:most])


def _post(follow: Follow, found: Sequence[Step], names: _Topics) -> list[Post]:
    with override(follow.reader.language):
        key = follow.kind, follow.code, follow.reader.language
        if key not in names:
            names[key] = topic_of(Kind(follow.kind), follow.code)
        topic = names[key]
        if topic is None:
            return []
        stop = stop_path(follow.pk)
        words = news(
            topic.name,
            [_line(step) for step in _in_words(found)],
            site=settings.SITE_URL,
            is_case=follow.kind == Kind.CASE,
            stop_url=f"{settings.SITE_URL}{stop}",
            ends_at=follow.ends_at,
        )
    return [Post(subscriber=follow.reader_id, title=words.title, text=words.text, path=topic.path, stop_path=stop)]


def _in_words(found: Sequence[Step]) -> list[Step]:
    """Return the steps once more in the language that is in force now."""
    return steps([step.entry for step in found])


def _line(step: Step) -> Line:
    return Line(
        number=step.case.number,
        title=step.title,
        heading=step.told.heading,
        moment=step.told.moment,
        unit=step.told.unit,
        text=step.told.text,
        path=f"/c/{step.case.number}/",
    )
