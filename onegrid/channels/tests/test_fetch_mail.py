"""Mail is fetched from a mailbox; none is lost, and none taken twice."""

import pytest
from django.utils import timezone

from onegrid.cases.models import Case
from onegrid.channels.actions.fetch_mail import MailboxError, fetch_mail
from onegrid.channels.models import Message
from onegrid.channels.tests.mailbox import PASSWORD, USER, ImapServer
from onegrid.channels.tests.test_take_mail import mail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("account")]


@pytest.fixture
def box(settings, tmp_path):
    with ImapServer(tmp_path) as running:
        settings.IMAP_HOST, settings.IMAP_PORT = "localhost", running.port
        settings.IMAP_USER, settings.IMAP_PASSWORD = USER, PASSWORD
        yield running


def fetch(box):
    return fetch_mail(at=timezone.now(), trusted=box.trusted)


def test_takes_what_is_unread_and_marks_it(box):
    box.put(mail())

    assert [fetch(box), fetch(box)] == [1, 0]

    assert Case.objects.get().channel == "email"
    assert box.flags == {"1": r"(\Seen)"}


def test_takes_what_was_kept_but_not_marked_only_once(box):
    box.put(mail())
    fetch(box)
    box.flags.clear()

    fetch(box)

    assert Message.objects.count() == 1


def test_flags_what_it_cannot_read_and_goes_on(box):
    box.put(b"nothing")
    box.put(mail())

    fetch(box)

    assert box.flags == {"1": r"(\Seen \Flagged)", "2": r"(\Seen)"}


def test_speaks_to_nobody_whose_certificate_it_does_not_know(box):
    box.put(mail())

    with pytest.raises(MailboxError, match="SSLCertVerificationError"):
        fetch_mail(at=timezone.now())


def test_says_when_it_may_not_sign_in(box, settings):
    settings.IMAP_PASSWORD = "another"  # noqa: S105

    with pytest.raises(MailboxError):
        fetch(box)


def test_does_nothing_where_no_mailbox_is_set():
    assert fetch_mail(at=timezone.now()) == 0
