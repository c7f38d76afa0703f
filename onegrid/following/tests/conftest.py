"""What the tests of following share: the small district, a mail server that is one, a clock."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from onegrid.cases.models import EntryKind, TimelineEntry, Visibility
from onegrid.cases.tests.conftest import district, people
from onegrid.following.public import tell_followers
from onegrid.notifications.public import send_letters
from onegrid.notifications.tests.conftest import mailbox

__all__ = ["district", "mailbox", "people"]


@pytest.fixture
def step():
    """Something public that happens to a case now."""

    def happen(case, *, at=None, move="accept", visibility=Visibility.PUBLIC):
        at = at or now()
        return TimelineEntry.objects.create(
            case=case, kind=EntryKind.MOVE, move=move, visibility=visibility, channel="desk", happened_at=at,
            received_at=at,
        )  # fmt: skip

    return happen


@pytest.fixture
def told(mailbox):
    """Let so much time pass, tell followers, and return the mails that have arrived by then."""

    def tell(*, after=timedelta(minutes=2)):
        at = now() + after
        tell_followers(at=at)
        send_letters(clock=lambda: at)
        mails, mailbox.mails = mailbox.mails, []
        return mails

    return tell
