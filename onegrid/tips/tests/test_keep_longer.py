"""Before a tip goes: its readers are warned, and may keep it longer once, for a reason."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onegrid.notifications.models import InboxEntry
from onegrid.oversight.models import Entry
from onegrid.oversight.public import ReasonMissingError
from onegrid.tips.actions.keep_longer import keep_longer
from onegrid.tips.actions.note_deeds import write_deeds
from onegrid.tips.actions.warn_due import warn_due
from onegrid.tips.rules.standing import NotAsItStandsError
from onegrid.tips.tests.arranging import NOON

pytestmark = pytest.mark.django_db

NEAR = NOON + timedelta(days=170)  # ten days before the end of a channel's 180


@pytest.fixture
def kept(given):
    return given[0]


def test_keeps_it_for_the_term_again(kept, officer):
    keep_longer(tip_id=kept.pk, reason="仍在调查", by=officer[0], at=NEAR)

    kept.refresh_from_db()
    assert kept.delete_on == timezone.localdate(NEAR) + timedelta(days=180)
    write_deeds(at=NEAR + timedelta(days=1))
    entry = Entry.objects.get(code="tips.keep_longer")
    assert (entry.by, "仍在调查" in str(entry.data)) == (officer[0].username, False)


def test_only_once(kept, officer):
    keep_longer(tip_id=kept.pk, reason="仍在调查", by=officer[0], at=NEAR)

    with pytest.raises(NotAsItStandsError):
        keep_longer(tip_id=kept.pk, reason="仍在调查", by=officer[0], at=NEAR + timedelta(days=175))


def test_not_before_the_warning(kept, officer):
    with pytest.raises(NotAsItStandsError):
        keep_longer(tip_id=kept.pk, reason="仍在调查", by=officer[0], at=NOON)


def test_not_without_a_reason(kept, officer):
    with pytest.raises(ReasonMissingError):
        keep_longer(tip_id=kept.pk, reason=" ", by=officer[0], at=NEAR)


def test_the_page_asks_for_the_reason(client, kept, officer):
    kept.delete_on = timezone.localdate() + timedelta(days=3)
    kept.save()
    client.force_login(officer[0])

    missing = client.post(f"/tip-desk/tips/{kept.pk}/longer/", {})
    done = client.post(f"/tip-desk/tips/{kept.pk}/longer/", {"reason": "仍在调查"})

    assert (missing.status_code, done.status_code) == (422, 200)


def test_readers_are_warned_once_of_each_day(kept, officer):
    assert [warn_due(at=NOON), warn_due(at=NEAR), warn_due(at=NEAR)] == [0, 1, 0]

    notice = InboxEntry.objects.get()
    assert notice.recipient == officer[0]
    assert str(kept.pk) not in f"{notice.path} {notice.data}"
    assert Entry.objects.get(code="tips.warn").data == {"channel": "fire", "due_on": "2027-05-23", "tips": 1}


def test_they_are_warned_again_after_it_was_kept(kept, officer):
    warn_due(at=NEAR)
    keep_longer(tip_id=kept.pk, reason="仍在调查", by=officer[0], at=NEAR)

    assert warn_due(at=NEAR + timedelta(days=175)) == 1
