"""What the tests of residents share: the small district, a mail server that is one, somebody who has come in."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils.timezone import now

from onegrid.cases.tests.conftest import district, people
from onegrid.following.tests.conftest import step
from onegrid.notifications.public import send_letters
from onegrid.notifications.tests.conftest import mailbox
from onegrid.portal.tests.conftest import reportable
from onegrid.residents.public import tell_residents

__all__ = ["district", "mailbox", "people", "reportable", "step"]
ADDRESS = "ye.xiaoman@example.net"


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


@pytest.fixture
def post(mailbox):
    """Let so much time pass, tell residents, and return the mails that have arrived by then."""

    def arrives(*, after=timedelta(0)):
        at = now() + after
        tell_residents(at=at)
        send_letters(clock=lambda: at)
        mails, mailbox.mails = mailbox.mails, []
        return mails

    return arrives


@pytest.fixture
def ask(client, mailbox):
    """Ask for a code."""
    return lambda address=ADDRESS, **also: client.post(reverse("portal:my_ask"), {"address": address}, **also)


@pytest.fixture
def come_in(client, ask, post):
    """Ask for a code and type it; twice within a minute nobody gets one."""

    def come(address=ADDRESS):
        ask(address)
        (mail,) = post()
        return client.post(reverse("portal:my_code"), {"code": code_in(mail)})

    return come


def code_in(mail):
    return re.search(r"\b(\d{6})\b", mail["Subject"])[1]
