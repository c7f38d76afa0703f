"""Telling people something."""

import time

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from onegrid.accounts.tests.factories import person
from onegrid.live.models import Change
from onegrid.notifications.actions.tell import NoticeMalformedError
from onegrid.notifications.models import InboxEntry, Outgoing, Told
from onegrid.notifications.public import UnknownKindError, inbox, tell, unread_count
from onegrid.notifications.states import Channel
from onegrid.notifications.tests.factories import NIGHT, NOON, SEVEN, notice, reachable

pytestmark = pytest.mark.django_db


def test_stands_in_the_inbox_at_once_in_the_readers_language(reader):
    assert tell([notice(reader, data={"number": "OG-7", "share": 80})], at=NIGHT) == 1

    (row,) = inbox(reader).rows
    assert row.title == "OG-7: 80 % in zh-hans"
    assert (row.read_at, row.told_at) == (None, NIGHT)
    assert unread_count(reader) == 1


def test_the_same_is_told_once_to_the_same_person(reader):
    other, same = person(), {"key": "OG-1:80"}

    assert tell([notice(reader, **same), notice(reader, **same), notice(other, **same)], at=NOON) == 2
    assert tell([notice(reader, **same)], at=NIGHT) == 0
    assert unread_count(reader) == unread_count(other) == 1


def test_what_was_told_and_removed_is_not_told_again(reader):
    tell([notice(reader, key="OG-1:80")], at=NOON)
    InboxEntry.objects.all().delete()

    assert tell([notice(reader, key="OG-1:80")], at=NIGHT) == 0
    assert Told.objects.count() == 1


def test_who_no_longer_works_here_is_not_told(reader):
    gone = person(is_active=False)

    assert tell([notice(reader), notice(gone)], at=NOON) == 1


def test_a_transaction_that_fails_has_told_nothing(reader):
    with transaction.atomic():
        tell([notice(reader, key="OG-1:80")], at=NOON)
        transaction.set_rollback(True)

    assert unread_count(reader) == 0
    assert tell([notice(reader, key="OG-1:80")], at=NOON) == 1


@pytest.mark.parametrize("path", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "x"])
def test_leads_nowhere_but_to_pages_of_ours(reader, path):
    with pytest.raises(NoticeMalformedError):
        tell([notice(reader, path=path)], at=NOON)


def test_a_kind_that_nobody_registered_is_a_fault_of_the_caller(reader):
    with pytest.raises(UnknownKindError):
        tell([notice(reader, kind="tests.unheard")], at=NOON)


def test_what_leaves_waits_for_the_morning_and_what_is_urgent_does_not(reader, mailbox):
    reachable(reader)

    tell([notice(reader), notice(reader, is_urgent=True)], at=NIGHT)

    assert list(Outgoing.objects.order_by("is_urgent").values_list("next_try_at", flat=True)) == [SEVEN, NIGHT]
    assert ProcrastinateJob.objects.filter(task_name="onegrid.notifications.tasks.send").count() == 1


def test_nothing_leaves_by_a_channel_that_is_not_set_up_or_does_not_reach_somebody(reader, mailbox, settings):
    other = person()
    reachable(other)
    tell([notice(reader)], at=NOON)
    settings.EMAIL_HOST = ""

    tell([notice(other)], at=NOON)

    assert Outgoing.objects.count() == 0


def test_goes_by_the_channels_that_somebody_chose_for_its_kind(reader, mailbox):
    other = person()
    reachable(reader, channels={"tests.limit": []})
    reachable(other, channels={"tests.returned": [Channel.EMAIL]})

    tell([notice(each, kind=kind) for each in (reader, other) for kind in ("tests.limit", "tests.returned")], at=NOON)

    assert set(Outgoing.objects.values_list("recipient", "kind")) == {
        (other.pk, "tests.limit"),
        (other.pk, "tests.returned"),
    }


def test_open_pages_of_the_reader_hear_of_it_once_however_much_it_is(reader):
    tell([notice(reader) for _ in range(5)], at=NOON)

    assert list(Change.objects.values_list("kind", "subject", "person_id")) == [("notice", reader.pk, reader.pk)]


def test_ten_thousand_at_once_take_a_few_statements_and_half_a_second(mailbox):
    people = [person() for _ in range(20)]
    for each in people:
        reachable(each)
    notices = [notice(people[number % 20]) for number in range(10_000)]

    begun = time.perf_counter()
    with CaptureQueriesContext(connection) as captured:
        assert tell(notices, at=NOON) == 10_000
    took = time.perf_counter() - begun

    assert len(captured) <= 6
    assert took < 5  # ten times what it takes: the machine may be crowded
    assert (InboxEntry.objects.count(), Outgoing.objects.count()) == (10_000, 10_000)
    assert tell(notices, at=NOON) == 0
