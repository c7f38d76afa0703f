"""E-mail, through a real mail server."""

import logging
from datetime import timedelta

import pytest

from onegrid.accounts.tests.factories import person
from onegrid.notifications.actions.claim_messages import STALLED_AFTER, claim_messages
from onegrid.notifications.models import InboxEntry, Outgoing
from onegrid.notifications.public import keep_sending, read_all_notices, send_messages, tell
from onegrid.notifications.rules.quiet import GATHERING, PAUSE
from onegrid.notifications.rules.retries import WAITS
from onegrid.notifications.states import Channel, Delivery
from onegrid.notifications.tests.factories import NIGHT, NOON, SEVEN, clock, notice, reachable

pytestmark = pytest.mark.django_db(transaction=True)
SOON = NOON + GATHERING


def send(at=SOON):
    return send_messages(channel=Channel.EMAIL, clock=clock(at))


def states():
    return sorted(Outgoing.objects.values_list("state", flat=True))


def test_arrives_in_the_readers_language_with_a_link(reader, mailbox):
    reachable(reader)
    tell([notice(reader, data={"number": "OG-7", "share": 80})], at=NOON)

    assert send() == 1

    (mail,) = mailbox.mails
    entry = InboxEntry.objects.get()
    assert mail["Subject"].endswith("OG-7: 80 % in en")
    assert mail["To"] == f"{reader.username}@example.org"
    assert "The case OG-7 has used 80 % of its time." in mail.get_content()
    assert f"https://grid.example.org/notices/{entry.pk}/" in mail.get_content()
    assert states() == [Delivery.SENT]


def test_many_of_one_kind_are_one_message_with_the_weightiest_first(reader, mailbox):
    reachable(reader)
    tell([notice(reader, data={"number": f"N-{n}", "share": n}, weight=n) for n in range(12)], at=NOON)

    assert send() == 1

    (mail,) = mailbox.mails
    text = mail.get_content()
    assert mail["Subject"].endswith("12 cases near their limit")
    assert [f"N-{n}:" in text for n in (11, 10, 9, 8, 7, 6)] == [True] * 5 + [False]
    assert "and 7 more" in text
    assert states() == [Delivery.SENT] * 12


def test_ten_thousand_cases_that_fall_due_in_one_minute_are_one_mail_for_each_person(mailbox):
    people = [person(language="en") for _ in range(25)]
    for each in people:
        reachable(each)
    for second in range(10):
        batch = [notice(people[number % 25]) for number in range(1000)]
        tell(batch, at=NOON + timedelta(seconds=second))

    assert send(SOON + timedelta(seconds=10)) == 25

    assert {mail["Subject"].partition("] ")[2] for mail in mailbox.mails} == {"400 cases near their limit"}
    assert sorted(mail["To"] for mail in mailbox.mails) == sorted(f"{each.username}@example.org" for each in people)
    assert send(SOON + timedelta(minutes=1)) == 0


def test_the_next_of_its_kind_waits_a_while_for_more_and_what_is_urgent_does_not(reader, mailbox):
    reachable(reader)
    tell([notice(reader)], at=NOON)
    send()
    later = SOON + timedelta(minutes=2)
    tell([notice(reader), notice(reader)], at=later - GATHERING)
    tell([notice(reader, is_urgent=True)], at=later)

    assert send(later) == 1
    assert send(later + PAUSE) == 1
    assert mailbox.mails[-1]["Subject"].endswith("2 cases near their limit")


def test_what_is_told_in_the_night_arrives_in_the_morning_as_one(reader, mailbox):
    reachable(reader)
    for hour in range(3):
        tell([notice(reader)], at=NIGHT + timedelta(hours=hour))

    assert send(SEVEN - timedelta(minutes=1)) == 0
    assert send(SEVEN) == 1
    assert mailbox.mails[0]["Subject"].endswith("3 cases near their limit")


def test_what_is_tried_again_keeps_quiet_hours_too(reader, mailbox):
    reachable(reader)
    evening = NIGHT - timedelta(minutes=92)
    tell([notice(reader)], at=evening - GATHERING)
    mailbox.refuses[f"{reader.username}@example.org"] = "450 later"
    send(evening)
    mailbox.refuses.clear()

    send(evening + WAITS[0] + timedelta(minutes=1))
    assert send(NIGHT) == 0
    assert Outgoing.objects.get().next_try_at == SEVEN


def test_what_was_read_on_the_site_first_is_not_sent(reader, mailbox):
    reachable(reader)
    tell([notice(reader)], at=NIGHT)
    read_all_notices(until=NIGHT, by=reader, at=NIGHT)

    assert send(SEVEN) == 0
    assert states() == [Delivery.DROPPED]


def test_what_is_not_wanted_any_more_is_not_sent(reader, mailbox):
    reachable(reader)
    tell([notice(reader)], at=NOON)
    reachable(reader, channels={"tests.limit": []})

    assert send() == 0
    assert states() == [Delivery.DROPPED]


def test_a_server_that_says_later_is_asked_later_and_less_and_less_often(reader, mailbox, caplog):
    reachable(reader)
    mailbox.refuses[f"{reader.username}@example.org"] = "451 greylisted"
    tell([notice(reader, is_urgent=True)], at=NOON)
    at = NOON
    for wait in WAITS:
        send(at)
        row = Outgoing.objects.get()
        assert (row.state, row.next_try_at - at) == (Delivery.WAITING, wait)
        at = row.next_try_at

    send(at)

    row = Outgoing.objects.get()
    assert (row.state, row.last_error) == (Delivery.GIVEN_UP, "SMTPRecipientsRefused 451")
    assert "example.org" not in caplog.text + str([vars(record) for record in caplog.records])


def test_an_address_that_is_refused_for_good_is_given_up_and_the_others_get_theirs(mailbox):
    people = [person(language="en") for _ in range(3)]
    for each in people:
        reachable(each)
    mailbox.refuses[f"{people[1].username}@example.org"] = "550 no such user"
    tell([notice(each) for each in people], at=NOON)

    assert send() == 2
    assert states() == [Delivery.GIVEN_UP, Delivery.SENT, Delivery.SENT]


def test_a_server_that_is_away_is_asked_once_a_round_and_nothing_is_lost(mailbox, settings, caplog):
    people = [person(language="en") for _ in range(3)]
    for each in people:
        reachable(each)
    tell([notice(each) for each in people], at=NOON)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    with caplog.at_level(logging.WARNING):
        assert send() == 0
    settings.EMAIL_PORT = port

    assert len(caplog.records) == 1
    assert send(SOON + WAITS[0]) == 3


def test_a_worker_that_dies_over_it_leaves_it_to_the_next_under_the_same_id(reader, mailbox):
    reachable(reader)
    tell([notice(reader)], at=NOON)
    (lost,) = claim_messages(channel=Channel.EMAIL, at=SOON)

    keep_sending(at=SOON + STALLED_AFTER)
    assert send(SOON + STALLED_AFTER) == 0
    later = SOON + STALLED_AFTER + timedelta(seconds=1)
    keep_sending(at=later)

    assert send(later) == 1
    assert mailbox.mails[0]["Message-ID"] == f"<{lost.id.hex}@example.org>"


def test_what_one_worker_has_taken_no_other_takes(reader, mailbox):
    reachable(reader)
    tell([notice(reader)], at=NOON)
    claim_messages(channel=Channel.EMAIL, at=SOON)

    assert claim_messages(channel=Channel.EMAIL, at=SOON) is None
