"""What `onegrid mail take` tells the mail server that hands a mail over."""

import pytest
from typer.testing import CliRunner

from config.cli.mail import app
from onegrid.channels.tests.conftest import account, district
from onegrid.channels.tests.test_take_mail import mail

__all__ = ["account", "district"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("account")]


@pytest.mark.parametrize(("raw", "code"), [(mail(), 0), (b"nothing", 65)])
def test_tells_the_mail_server_what_became_of_a_mail(raw, code):
    assert CliRunner().invoke(app, ["take"], input=raw).exit_code == code


def test_tells_the_mail_server_to_try_again_when_we_fail(monkeypatch):
    monkeypatch.setattr("config.cli.mail.take_mail", lambda *_, **__: 1 / 0)

    assert CliRunner().invoke(app, ["take"], input=mail()).exit_code == 75
