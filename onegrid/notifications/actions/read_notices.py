"""Take notices for read; they are one's own alone."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.notifications.actions.stir_bells import stir_bells
from onegrid.notifications.models import InboxEntry
from onegrid.notifications.readers.inbox import NoticeNotFoundError


@transaction.atomic(durable=True)
def read_notice(*, entry_id: UUID, by: User, at: datetime) -> None:
    """
    Take one notice for read; one that was read stays as it is.

    :raises NoticeNotFoundError: if there is none of this id for this person.
    """
    mine = InboxEntry.objects.of(by).filter(pk=entry_id)
    if mine.unread().update(read_at=at):
        stir_bells([by.pk])
    elif not mine.exists():
        raise NoticeNotFoundError(_("There is no such notice any more, or it is not yours."))


@transaction.atomic(durable=True)
def read_all_notices(*, until: datetime, by: User, at: datetime) -> int:
    """Take for read all that somebody was told until a moment, such as when their page was drawn; return how many."""
    count = InboxEntry.objects.of(by).unread().filter(told_at__lte=until).update(read_at=at)
    if count:
        stir_bells([by.pk])
    return count
