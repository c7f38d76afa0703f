"""What operators see of sending."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from onegrid.core.metrics import _collector as figures
from onegrid.core.metrics import exposition
from onegrid.notifications.public import tell
from onegrid.notifications.tests.factories import notice, reachable

pytestmark = pytest.mark.django_db


def test_figures_tell_what_waits_and_what_was_given_up(reader, mailbox):
    reachable(reader)
    tell([notice(reader, is_urgent=True)], at=now() - timedelta(minutes=1))
    figures.forget()

    text = exposition().decode()

    assert 'onegrid_notices_waiting{channel="email"} 1.0' in text
    assert 'onegrid_notices_given_up{channel="email"} 0.0' in text
