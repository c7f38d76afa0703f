"""Put into the queue the sending of what is due: at once where it is urgent, every minute all else."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from onegrid.notifications.actions.claim_messages import release_stalled
from onegrid.notifications.actions.send_letters import release_letters
from onegrid.notifications.models import Outgoing
from onegrid.notifications.states import Channel, Delivery

SEND, LETTERS = "onegrid.notifications.tasks.send", "onegrid.notifications.tasks.letters"


def hurry(channels: Iterable[Channel]) -> None:
    """Have these channels send as soon as the caller's transaction has ended, and not with the next minute."""
    for channel in sorted(channels):
        app.configure_task(SEND, lock=_lock(channel)).defer(channel=str(channel))


def keep_sending(*, at: datetime) -> None:
    """Have every channel send on which something is due, unless that waits in the queue already."""
    release_stalled(at=at)
    due = Outgoing.objects.filter(state=Delivery.WAITING, next_try_at__lte=at)
    for channel in due.order_by("channel").values_list("channel", flat=True).distinct():
        # One at a time for each channel: a slow mail server is not to take all hands of the worker.
        _defer_once(SEND, lock=_lock(channel), channel=channel)
    if release_letters(at=at):
        hurry_letters()


def hurry_letters() -> None:
    """Have letters sent as soon as the caller's transaction has ended."""
    _defer_once(LETTERS, lock="notifications.letters")


def _defer_once(task: str, *, lock: str, **arguments: str) -> None:
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(task, lock=lock, queueing_lock=lock).defer(**arguments)


def _lock(channel: str) -> str:
    return f"notifications.send.{channel}"
