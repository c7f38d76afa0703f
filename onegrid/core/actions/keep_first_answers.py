"""
Keep the first answer to a request, so that sending it twice changes nothing.

A request takes its key before it is worked on and keeps its answer after. One
that is cut off in between leaves its key taken; after `PATIENCE` a repetition
may work on it again, which is harmless: a move names the version it was
decided on, and what creates something names its id.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from onegrid.core.models import FirstAnswer

PATIENCE = timedelta(minutes=1)
KEPT = timedelta(days=7)


@transaction.atomic(durable=True)
def take_key(*, key: str, caller: UUID, request_hash: str, at: datetime) -> tuple[FirstAnswer, bool]:
    """Take a key for a request, or return what it was used for before; the second value says which."""
    answer, is_new = FirstAnswer.objects.get_or_create(
        key=key, caller=caller, defaults={"request_hash": request_hash, "created_at": at}
    )
    if is_new or answer.status or answer.request_hash != request_hash or answer.created_at > at - PATIENCE:
        return answer, is_new
    given_up = FirstAnswer.objects.filter(pk=answer.pk, status=0, created_at=answer.created_at)
    return answer, bool(given_up.update(created_at=at))


@transaction.atomic(durable=True)
def keep_answer(*, answer: FirstAnswer, status: int, body: str, etag: str) -> None:
    """Keep what the caller was answered."""
    FirstAnswer.objects.filter(pk=answer.pk).update(status=status, body=body, etag=etag)


@transaction.atomic(durable=True)
def release_key(*, answer: FirstAnswer) -> None:
    """Give a key back whose request was refused: nothing has changed, so it may be tried again."""
    FirstAnswer.objects.filter(pk=answer.pk, status=0).delete()


@transaction.atomic(durable=True)
def forget_first_answers(*, at: datetime) -> int:
    """Delete the answers that nobody will ask for any more, and return how many."""
    count, _ = FirstAnswer.objects.filter(created_at__lt=at - KEPT).delete()
    return count
