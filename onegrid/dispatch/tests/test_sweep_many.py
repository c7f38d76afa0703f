"""Ten thousand cases that fall due in one minute."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onegrid.accounts.models import Role
from onegrid.cases.models import Case, TimelineEntry
from onegrid.cases.tests.factories import with_duty
from onegrid.dispatch.actions.sweep_deadlines import LOT, sweep_deadlines
from onegrid.dispatch.tests.limits import after, dispatched, many_like
from onegrid.notifications.actions.claim_messages import claim_messages
from onegrid.notifications.models import InboxEntry
from onegrid.notifications.states import Channel
from onegrid.notifications.tests.factories import reachable

MANY = 10_000
DUE = after(24)


@pytest.mark.slow
@pytest.mark.django_db
def test_ten_thousand_cases_are_one_message_for_each_person(district, people, settings, record_property):
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL, settings.SITE_URL = "localhost", "a@example.org", "https://a.org"
    chief = with_duty(Role.SHIFT_LEAD, unit=district.units.centre)
    ladder = [people.handler, people.head, people.shift_lead, chief, people.leader]
    for each in ladder:
        reachable(each)
    many_like(dispatched(district, people), MANY - 1)

    started = time.monotonic()
    with CaptureQueriesContext(connection) as asked:
        told = sweep_deadlines(at=DUE)
    seconds = time.monotonic() - started

    record_property("took", f"{told} notices of {MANY} cases in {len(asked)} statements and {seconds:.1f} s")
    assert told == 3 * MANY
    assert [InboxEntry.objects.filter(recipient=each).count() for each in ladder] == [MANY, MANY, MANY, 0, 0]
    assert TimelineEntry.objects.filter(kind="escalation").count() == MANY
    assert not Case.objects.filter(warn_at__lte=DUE).exists()
    assert len(asked) <= 20 * (MANY // LOT + 1)
    assert seconds < 60
    messages = claim_messages(channel=Channel.EMAIL, at=after(24.1))
    assert sorted(message.recipient_id for message in messages) == sorted(each.pk for each in ladder[:3])
    assert [message.count for message in messages] == [MANY] * 3
    assert sweep_deadlines(at=DUE) == 0
