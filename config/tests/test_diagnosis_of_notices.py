"""What `onegrid doctor` says of notices."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from config.diagnosis.safety import mail, text_messages
from config.diagnosis.upkeep import notices
from onegrid.accounts.tests.factories import person
from onegrid.notifications.actions.send_trial import TRIAL
from onegrid.notifications.models import Outgoing
from onegrid.notifications.public import tell
from onegrid.notifications.states import Delivery
from onegrid.notifications.tests.factories import notice, reachable

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(settings):
    settings.EMAIL_HOST = "127.0.0.1"
    return person()


def waiting(reader, *, ago):
    reachable(reader)
    tell([notice(reader, kind=TRIAL.code, is_urgent=True)], at=now() - ago)


def test_doctor_says_that_all_is_well_where_nothing_waits():
    assert (notices().said, notices().mend) == ("none waits", "")


def test_doctor_notices_what_has_been_due_for_long(reader):
    waiting(reader, ago=timedelta(hours=1))

    assert notices().said == "email: 1 due, 0 given up"
    assert "notifications.not_sent" in notices().mend


def test_doctor_says_why_something_was_given_up_for_a_week(reader):
    waiting(reader, ago=timedelta())
    lost = {"state": Delivery.GIVEN_UP, "settled_at": now(), "last_error": "SMTPRecipientsRefused 550"}
    Outgoing.objects.update(**lost)
    assert "SMTPRecipientsRefused 550" in notices().mend

    Outgoing.objects.update(settled_at=now() - timedelta(days=8))

    assert notices().mend == ""


def test_doctor_wants_mail_encrypted_and_its_links_to_lead_back(settings):
    assert mail().said == "off"
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS, settings.SITE_URL = (
        "mail.example.org",
        False,
        "https://grid.example.org",
    )
    assert "ONEGRID_SMTP_SECURITY" in mail().mend
    settings.SITE_URL = ""

    assert "ONEGRID_SITE_URL" in mail().mend


def test_doctor_wants_a_secret_and_encryption_for_text_messages(settings):
    assert text_messages().said == "off"
    settings.SMS_URL, settings.SMS_SECRET = "http://sms.example.org/", "short"
    assert "ONEGRID_SMS_SECRET" in text_messages().mend
    settings.SMS_SECRET = "long enough to be one"  # noqa: S105

    assert "https" in text_messages().mend
