"""The pages of signing in and of one's own account render, in every language, as strictly as we promise."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from onegrid.accounts.tests.factories import person

pytestmark = pytest.mark.django_db
OPEN = ["account_login", "account_inactive"]
ASKS_ALLAUTH_OFTEN = pytest.param("account_reauthenticate", marks=pytest.mark.queries(30))
OWN = ["my_account", "account_change_password", ASKS_ALLAUTH_OFTEN, "mfa_index", "account_logout"]
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)|javascript:", re.IGNORECASE)
LANGUAGES = [code for code, _ in settings.LANGUAGES]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", OPEN)
def test_are_open_to_everybody(client, name, language):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    response = client.get(reverse(name))

    assert response.status_code == 200
    assert INLINE.findall(response.text) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", OWN)
def test_are_shown_to_somebody_signed_in(client, name, language):
    client.force_login(person())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    response = client.get(reverse(name))

    assert response.status_code == 200
    assert INLINE.findall(response.text) == []


def test_carry_a_strict_policy(client):
    response = client.get(reverse("account_login"))

    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("name", OWN)
def test_of_ones_own_ask_a_stranger_to_sign_in(client, name):
    response = client.get(reverse(name))

    assert response.status_code == 302
    assert response.url.startswith((reverse("account_login"), "/"))
