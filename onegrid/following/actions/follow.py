"""Begin to follow something without an account, say yes to it, and stop."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from onegrid.core.errors import NotFoundError
from onegrid.following.models import Follow
from onegrid.following.readers.topics import Topic, topic_of
from onegrid.following.rules.links import YES_LASTS, follow_of_stop, follow_of_yes, yes_path
from onegrid.following.rules.wording import question
from onegrid.following.states import Kind
from onegrid.notifications.public import (
    Post,
    Subscriber,
    forget_subscribers,
    hurry_letters,
    keep_subscriber,
    post_letters,
    subscriber_by_email,
    subscriber_by_push,
)

LASTS = timedelta(days=365)
BETWEEN_QUESTIONS = timedelta(minutes=10)  # so that nobody fills somebody's mailbox from here
MOST_UNANSWERED = 5


@transaction.atomic(durable=True)
def ask_to_follow(*, kind: Kind, code: str, address: str, language: str, at: datetime) -> None:
    """
    Ask the owner of an e-mail address whether they want to follow something.

    It says nothing about whether the address is known, follows this already, or was asked too often.

    :raises NotFoundError: if there is no such thing, or strangers may not know of it.
    :raises AddressRefusedError: if the address cannot be one, or no mail leaves from here.
    """
    topic = require_topic(kind, code)
    reader = subscriber_by_email(address=address, language=language, until=at + YES_LASTS, at=at)
    Subscriber.objects.select_for_update().get(pk=reader.pk)
    known = Follow.objects.filter(reader=reader).of_topic(kind, topic.code).first()
    if known is None:
        if Follow.objects.filter(reader=reader, confirmed_at__isnull=True).count() >= MOST_UNANSWERED:
            return
        known = _begun(reader, topic, at=at, until=at + YES_LASTS)
    elif known.confirmed_at is not None or at < known.asked_at + BETWEEN_QUESTIONS:
        return
    else:
        known.asked_at, known.ends_at = at, at + YES_LASTS
        known.save(update_fields=["asked_at", "ends_at"])
    with override(language):
        words = question(topic.name, yes_url=f"{settings.SITE_URL}{yes_path(known.pk)}", until=known.ends_at)
    post_letters([Post(subscriber=reader.pk, title=words.title, text=words.text, path=topic.path)], at=at)
    hurry_letters()


@transaction.atomic(durable=True)
def say_yes(*, token: str, at: datetime) -> Follow:
    """
    Say as the owner of an address that one wants to follow; from now on one is told. Saying it again changes nothing.

    :raises NotFoundError: if the link is none of ours, or too old, or it was stopped meanwhile.
    """
    follow = _locked(follow_of_yes(token))
    if follow.confirmed_at is None:
        follow.confirmed_at = follow.told_until = at
        follow.ends_at = at + LASTS
        follow.save(update_fields=["confirmed_at", "told_until", "ends_at"])
        keep_subscriber(follow.reader_id, until=follow.ends_at)
    return follow


@transaction.atomic(durable=True)
def follow_in_browser(
    *, kind: Kind, code: str, endpoint: str, key: str, auth: str, language: str, at: datetime
) -> Follow:
    """
    Follow something by push messages of one browser, which its owner has allowed there.

    :raises NotFoundError: if there is no such thing, or strangers may not know of it.
    :raises BrowserRefusedError: if its push service is none that we post to, or its keys are none.
    :raises AddressRefusedError: if this installation sends no push messages.
    """
    topic, until = require_topic(kind, code), at + LASTS
    reader = subscriber_by_push(endpoint=endpoint, key=key, auth=auth, language=language, until=until, at=at)
    known = Follow.objects.filter(reader=reader).of_topic(kind, topic.code).first()
    return known or _begun(reader, topic, at=at, until=until, confirmed_at=at)


@transaction.atomic(durable=True)
def stop(*, token: str) -> bool:
    """Stop what a link to stop belongs to, and tell whether it was still followed."""
    wanted = follow_of_stop(token)
    return bool(wanted and _end(list(Follow.objects.filter(pk=wanted))))


@transaction.atomic(durable=True)
def stop_in_browser(*, kind: Kind, code: str, endpoint: str) -> bool:
    """Stop something in one browser, and tell whether it was followed there."""
    found = Follow.objects.filter(reader__address=endpoint, reader__channel="push").of_topic(kind, code)
    return bool(_end(list(found)))


@transaction.atomic(durable=True)
def end_follows(*, at: datetime, over: Iterable[UUID] = ()) -> int:
    """End what has lasted its time or was never said yes to, and the follows named; return how many that were."""
    ended = [*Follow.objects.filter(ends_at__lte=at), *Follow.objects.filter(pk__in=list(over))]
    forget_subscribers(Subscriber.objects.filter(ends_at__lte=at).values_list("pk", flat=True))
    return _end(ended)


def require_topic(kind: Kind, code: str) -> Topic:
    """
    Return what somebody wants to follow.

    :raises NotFoundError: if there is no such thing, or strangers may not know of it.
    """
    topic = topic_of(kind, code)
    if topic is None:
        raise NotFoundError(_("There is nothing here to follow"))
    return topic


def _begun(
    reader: Subscriber, topic: Topic, *, at: datetime, until: datetime, confirmed_at: datetime | None = None
) -> Follow:
    return Follow.objects.create(
        reader=reader, kind=topic.kind, code=topic.code, asked_at=at, told_until=at, ends_at=until,
        confirmed_at=confirmed_at,
    )  # fmt: skip


def _locked(follow_id: UUID | None) -> Follow:
    follow = Follow.objects.select_for_update().filter(pk=follow_id).first() if follow_id else None
    if follow is None:
        raise NotFoundError(_("This link does not work any more. Ask to follow once more."))
    return follow


def _end(follows: list[Follow]) -> int:
    """Delete follows, and the addresses of those who follow nothing else."""
    readers = {follow.reader_id for follow in follows}
    Follow.objects.filter(pk__in=[follow.pk for follow in follows]).delete()
    kept = set(Follow.objects.filter(reader__in=readers).values_list("reader_id", flat=True))
    forget_subscribers(readers - kept)
    return len(follows)
