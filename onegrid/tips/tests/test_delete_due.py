"""What has to go goes by itself, and the trail can show that it did."""

from datetime import UTC, datetime, timedelta

import pytest

from onegrid.oversight.models import CommitmentKey, Entry
from onegrid.tips.actions.delete_due import delete_due
from onegrid.tips.models import Message, Tip
from onegrid.tips.readers.inbox import inbox
from onegrid.tips.tasks import delete, drop, forget
from onegrid.tips.tests.arranging import NOON, channel, reader, tip

pytestmark = pytest.mark.django_db


@pytest.fixture
def fire():
    return channel()


@pytest.fixture
def given(fire):
    return tip(fire, reader(fire)[1])[0]


def test_a_tip_goes_on_its_day_and_not_before(given):
    assert delete_due(at=NOON + timedelta(days=179)) == 0
    assert delete_due(at=NOON + timedelta(days=180)) == 1

    assert not Message.objects.exists()


def test_the_trail_shows_it_without_saying_what_it_was(given):
    delete_due(at=NOON + timedelta(days=180))

    entry = Entry.objects.get(code="tips.delete")
    assert set(entry.data) == {"channel", "why", "due_on", "messages", "files", "sha256"}
    assert (entry.data["messages"], entry.data["files"]) == (1, 0)


def test_what_the_trail_committed_to_of_it_is_forgotten(given):
    CommitmentKey.objects.create(subject=f"tips.Tip:{given.pk}", key=b"k" * 32, created_at=NOON)

    delete_due(at=NOON + timedelta(days=180))

    assert not CommitmentKey.objects.exists()


@pytest.mark.parametrize(("days", "warned"), [(100, False), (166, True), (179, True)])
def test_readers_are_warned_before(given, fire, days, warned):
    found = inbox(fire.recipients.get(), at=NOON + timedelta(days=days))

    assert [row.is_warned for row in found.rows] == [warned]


def test_the_schedule_does_all_of_it(given):
    later = int((datetime(2027, 11, 24, tzinfo=UTC)).timestamp())

    deleted = delete(timestamp=later)
    drop(timestamp=later)
    forget(timestamp=later)

    assert deleted == 1
    assert not Tip.objects.exists()
