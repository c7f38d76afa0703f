"""What nobody needs any more goes."""

from datetime import timedelta

import pytest

from onegrid.notifications.models import InboxEntry
from onegrid.notifications.public import forget_notices, read_all_notices, tell
from onegrid.notifications.tests.factories import NOON, notice

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_was_read_goes_after_ninety_days(reader):
    tell([notice(reader)], at=NOON)
    read_all_notices(until=NOON, by=reader, at=NOON)
    tell([notice(reader)], at=NOON)

    assert forget_notices(at=NOON + timedelta(days=90)) == 0
    assert forget_notices(at=NOON + timedelta(days=90, seconds=1)) == 1
    assert InboxEntry.objects.get().read_at is None


def test_what_nobody_read_goes_after_a_year(reader):
    tell([notice(reader)], at=NOON)

    assert forget_notices(at=NOON + timedelta(days=366)) == 1
