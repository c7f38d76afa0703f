"""The language of the site: for a visitor on this device, for staff on every device."""

import pytest

from onegrid.accounts.actions.choose_language import choose_language
from onegrid.accounts.tests.factories import NOON, person
from onegrid.core.errors import InvalidInputError

pytestmark = pytest.mark.django_db


def test_is_chinese_first(client):
    assert 'lang="zh-Hans"' in client.get("/account/login/").text


def test_is_kept_for_a_visitor(client):
    response = client.post("/language/", {"language": "en", "next": "/account/login/"})

    assert response.url == "/account/login/"
    assert 'lang="en"' in client.get("/account/login/").text


def test_is_kept_with_the_account_of_somebody_signed_in(client):
    user = person()
    client.force_login(user)

    client.post("/language/", {"language": "zh-hant"})

    user.refresh_from_db()
    assert user.language == "zh-hant"


def test_leads_nowhere_else(client):
    response = client.post("/language/", {"language": "en", "next": "https://elsewhere.example/"})

    assert response.url == "/"


def test_that_nobody_speaks_is_refused():
    with pytest.raises(InvalidInputError):
        choose_language(language="tlh", by=person(), at=NOON)
