"""What is kept of changes and relays, and for how long."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onegrid.core import readiness
from onegrid.core.ids import new_id
from onegrid.live.models import Change, Relay
from onegrid.live.tasks import trim

pytestmark = pytest.mark.django_db


def note(*, ago):
    return Change.objects.create(
        kind="note", subject=new_id(), area_path="330304", unit_ids=[], noted_at=timezone.now() - ago
    )


def test_changes_are_forgotten_after_a_day():
    note(ago=timedelta(hours=25))
    kept = note(ago=timedelta(hours=23))

    gone = trim(timestamp=int(timezone.now().timestamp()))

    assert gone == 1
    assert Change.objects.get() == kept


def test_a_site_without_a_relay_serves_people_and_says_so(client):
    response = client.get("/readyz")

    assert response.json()["checks"]["relay"] == "no relay is alive; pages ask once a minute instead"
    assert readiness.prevents_serving("relay") is False


@pytest.mark.parametrize(("ago", "said"), [(5, None), (45, "no relay is alive; pages ask once a minute instead")])
def test_a_relay_that_has_fallen_silent_is_missed(ago, said):
    Relay.objects.create(name="here:1", seen_at=timezone.now() - timedelta(seconds=ago), clients=3)

    assert readiness.reasons()["relay"] == said
