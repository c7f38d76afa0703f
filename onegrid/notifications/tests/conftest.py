"""What the tests of notifications share: two kinds that nobody else has, people, a mail server that is one."""

import pytest

from onegrid.accounts.tests.factories import person
from onegrid.notifications.rules import kinds
from onegrid.notifications.tests.mailbox import Mailbox
from onegrid.notifications.tests.wording import LIMIT, RETURNED


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    """Two kinds beside those of the product."""
    monkeypatch.setattr(kinds, "_kinds", {**kinds._kinds, LIMIT.code: LIMIT, RETURNED.code: RETURNED})


@pytest.fixture
def reader(db):
    return person(language="en")


@pytest.fixture
def mailbox(settings):
    """A mail server on this machine, and what has arrived there."""
    with Mailbox() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = box.host, box.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.DEFAULT_FROM_EMAIL = "OneGrid <grid@example.org>"
        settings.SITE_URL = "https://grid.example.org"
        yield box
