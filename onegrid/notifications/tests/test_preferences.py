"""How somebody wants to be told."""

import re
from datetime import time, timedelta
from uuid import UUID

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from onegrid.accounts.tests.factories import person
from onegrid.notifications.actions.set_preferences import CONFIRM
from onegrid.notifications.models import Preferences
from onegrid.notifications.public import (
    Channel,
    LinkNotGoodError,
    PreferencesRefusedError,
    Wishes,
    ask_to_confirm,
    confirm_email,
    set_preferences,
    settings_of,
)
from onegrid.notifications.rules.addresses import phone_in_one_form
from onegrid.notifications.tests.factories import NOON, reachable
from onegrid.oversight.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


def wishes(**also):
    fields = {"channels": {}, "quiet_from": time(21), "quiet_until": time(6), "email": "", "phone": ""}
    return Wishes(**{**fields, **also})


def keep(by, at=NOON, **also):
    return set_preferences(wishes=wishes(**also), by=by, at=at)


def token_in(mail):
    return re.search(r"https://grid.example.org/notices/email/(\S+)/", mail.get_content())[1]


def test_who_has_chosen_nothing_is_left_alone_from_ten_to_seven(reader):
    found = settings_of(reader)

    assert (found.quiet_from, found.quiet_until, found.email) == (time(22), time(7), "")


def test_keeps_channels_hours_and_number(reader, mailbox):
    keep(reader, channels={"tests.limit": [], "nobody.knows": [Channel.SMS]}, phone="+86 (577) 8888-1234")

    kept = Preferences.objects.get()
    assert (kept.quiet_from, kept.phone, kept.channels) == (time(21), "+8657788881234", {"tests.limit": []})


@pytest.mark.parametrize(
    ("fault", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"email": "a@b.example\nBcc: c@d.example"}, "email"),
        ({"phone": "call me"}, "phone"),
        ({"quiet_until": None}, "quiet_until"),
        ({"quiet_until": time(21)}, "quiet_until"),
    ],
)
def test_says_what_cannot_be_so_and_keeps_nothing(reader, fault, field):
    with pytest.raises(PreferencesRefusedError) as refusal:
        keep(reader, **fault)

    assert list(refusal.value.fields) == [field]
    assert not Preferences.objects.exists()


def test_a_new_address_is_used_once_its_owner_has_opened_the_link(reader, mailbox):
    reachable(reader, email="old@example.org")
    keep(reader, email="new@example.org")
    assert Preferences.objects.get().email == "old@example.org"
    (job,) = ProcrastinateJob.objects.filter(task_name=CONFIRM, args__user_id=str(reader.pk))
    assert ask_to_confirm(user_id=UUID(job.args["user_id"]))

    confirm_email(token=token_in(mailbox.mails[0]), by=reader, at=NOON)

    kept = Preferences.objects.get()
    assert (kept.email, kept.new_email) == ("new@example.org", "")
    assert mailbox.mails[0]["To"] == "new@example.org"


def test_the_link_is_of_no_use_to_somebody_else_or_for_another_address(reader, mailbox):
    keep(reader, email="new@example.org")
    ask_to_confirm(user_id=reader.pk)
    token, other = token_in(mailbox.mails[0]), person()
    keep(other, email="new@example.org")
    with pytest.raises(LinkNotGoodError):
        confirm_email(token=token, by=other, at=NOON)

    keep(reader, email="newer@example.org", at=NOON + timedelta(minutes=3))

    with pytest.raises(LinkNotGoodError):
        confirm_email(token=token, by=reader, at=NOON)


def test_a_made_up_link_is_refused_also_where_no_address_waits(reader):
    with pytest.raises(LinkNotGoodError):
        confirm_email(token="made:up:link", by=reader, at=NOON)  # noqa: S106


def test_nobody_fills_a_mailbox_from_here(reader):
    keep(reader, email="one@example.org")
    keep(reader, email="one@example.org", at=NOON + timedelta(minutes=1))

    with pytest.raises(PreferencesRefusedError):
        keep(reader, email="two@example.org", at=NOON + timedelta(minutes=1))

    assert ProcrastinateJob.objects.filter(task_name=CONFIRM, args__user_id=str(reader.pk)).count() == 1


def test_an_address_can_be_taken_back(reader):
    reachable(reader)

    keep(reader)

    assert Preferences.objects.get().email == ""


def test_the_trail_says_that_something_was_changed_and_not_to_what(reader):
    keep(reader, email="one@example.org", phone="13588880000")

    entry = Entry.objects.get(code="notifications.preferences-changed")
    assert "example" not in str(entry.data)
    assert "1358" not in str(entry.data)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("135 8888 0000", "13588880000"),
        ("+49 (30) 123-456", "+4930123456"),
        ("110a", None),
        ("１２３４５", None),
        ("1", None),
    ],
)
def test_telephone_numbers_have_one_form(text, kept):
    assert phone_in_one_form(text) == kept
