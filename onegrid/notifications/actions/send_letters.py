"""
Send what is due to people without an account: mark, send, remove, letter by letter.

At least once, like all that leaves here: a letter whose worker died is tried
again under the same id. What has left is deleted with its words.
"""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from onegrid.core.installation import district_name
from onegrid.notifications.actions.by_email import headers_of, send_email
from onegrid.notifications.actions.by_push import GONE, Target, document, push
from onegrid.notifications.actions.by_sms import send_sms
from onegrid.notifications.actions.posting import require_taken
from onegrid.notifications.models import Letter, Subscriber
from onegrid.notifications.models.preferences import NIGHT_FROM, NIGHT_UNTIL
from onegrid.notifications.readers.upkeep import letters_due
from onegrid.notifications.rules.letters import Post
from onegrid.notifications.rules.messages import shortened
from onegrid.notifications.rules.push import server_key
from onegrid.notifications.rules.quiet import Quiet, leaves_at
from onegrid.notifications.rules.retries import wait_after
from onegrid.notifications.rules.transport import TransportError
from onegrid.notifications.states import Channel, Delivery

AT_ONCE = 20  # letters that are marked together
STALLED_AFTER = timedelta(minutes=15)
LONGEST_TITLE = 200
NIGHT = Quiet(NIGHT_FROM, NIGHT_UNTIL)

log = logging.getLogger(__name__)


def post_letters(posts: Sequence[Post], *, at: datetime) -> int:
    """
    Put letters into the queue, in the caller's transaction, and return how many that were.

    A push message rings: at night it waits for the morning. A mail waits for nobody.
    """
    rings = set(
        Subscriber.objects.filter(pk__in={post.subscriber for post in posts}, channel=Channel.PUSH)
        .values_list("pk", flat=True)
    )  # fmt: skip
    morning = leaves_at(at, is_urgent=False, quiet=NIGHT, zone=ZoneInfo(settings.TIME_ZONE))
    rows = [
        Letter(
            subscriber_id=post.subscriber,
            title=shortened(" ".join(post.title.split()), most=LONGEST_TITLE),
            text=post.text,
            path=post.path,
            stop_path=post.stop_path,
            next_try_at=morning if post.subscriber in rings else at,
        )
        for post in posts
    ]
    return len(Letter.objects.bulk_create(rows))


def send_letters(*, clock: Callable[[], datetime]) -> int:
    """Send every letter that is due and return how many left. `clock` says what time it is."""
    sent, mails = 0, get_connection()
    try:
        while letters := _claimed(at=clock()):
            sent += sum(_sent(letter, mails=mails, clock=clock) for letter in letters)
    finally:
        with suppress(OSError):
            mails.close()
    return sent


def release_letters(*, at: datetime) -> int:
    """Put back what a worker took that has not been heard of since; return how many letters are due now."""
    stalled = Letter.objects.filter(state=Delivery.SENDING, settled_at__lt=at - STALLED_AFTER)
    stalled.update(state=Delivery.WAITING, settled_at=None, next_try_at=at)
    return letters_due(at=at)


@transaction.atomic(durable=True)
def _claimed(*, at: datetime) -> list[Letter]:
    due = Letter.objects.waiting().filter(next_try_at__lte=at).order_by("next_try_at", "pk")
    letters = list(due.select_for_update(skip_locked=True, of=("self",)).select_related("subscriber")[:AT_ONCE])
    for letter in letters:
        letter.state, letter.settled_at = Delivery.SENDING, at
        letter.attempts += 1
    Letter.objects.bulk_update(letters, ["state", "settled_at", "attempts"])
    return letters


def _sent(letter: Letter, *, mails: BaseEmailBackend, clock: Callable[[], datetime]) -> bool:
    try:
        if letter.subscriber.channel == Channel.EMAIL:
            _mail(letter, over=mails)
        elif letter.subscriber.channel == Channel.SMS:
            to = letter.subscriber
            send_sms(letter.pk, to=to.address, text=shortened(letter.title), language=to.language, at=clock())
        else:
            _ring(letter, at=clock())
    except TransportError as error:
        _settle(letter, error, at=clock())
        return False
    Letter.objects.filter(pk=letter.pk).delete()
    return True


def _mail(letter: Letter, *, over: BaseEmailBackend) -> None:
    to, stop = letter.subscriber, f"{settings.SITE_URL}{letter.stop_path}" if letter.stop_path else ""
    send_email(
        to=to.address,
        subject=f"[{district_name(to.language) or 'OneGrid'}] {letter.title}",
        text=letter.text,
        headers=headers_of(letter.pk, stop_url=stop),
        over=over,
    )


def _ring(letter: Letter, *, at: datetime) -> None:
    to = letter.subscriber
    body = document(
        title=shortened(letter.title), text=letter.text.partition("\n\n")[0], path=letter.path, name=letter.pk
    )
    target = Target(endpoint=to.address, key=bytes(to.key), auth=bytes(to.auth))
    status = push(body, target, name=letter.pk, is_urgent=False, key=server_key(settings.SECRET_KEY), at=at)
    if status in GONE:
        Subscriber.objects.filter(pk=to.pk).delete()
    require_taken(status)


def _settle(letter: Letter, error: TransportError, *, at: datetime) -> None:
    facts = {"message_id": letter.pk, "attempt": letter.attempts, "why": error.why}
    log.warning("notifications.letter_not_sent", extra=facts)
    wait = wait_after(letter.attempts)
    if wait is None or error.is_final:
        Letter.objects.filter(pk=letter.pk).delete()
    else:
        Letter.objects.filter(pk=letter.pk).update(state=Delivery.WAITING, settled_at=None, next_try_at=at + wait)
