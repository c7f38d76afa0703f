"""The second factor: administrators must, everybody may."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

from onegrid.accounts.models import Role
from onegrid.accounts.tests.factories import PASSWORD, person
from onegrid.oversight.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.queries(90)]  # allauth looks at the factors again and again
SET_UP = "/account/2fa/totp/activate/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105


@pytest.fixture(autouse=True)
def _english(client):
    cache.clear()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


def code_now():
    return auth.format_hotp_value(auth.hotp_value(SECRET, next(iter(auth.yield_hotp_counters_from_time()))))


def sign_in(client, user):
    return client.post("/account/login/", {"login": user.username, "password": PASSWORD})


def test_must_be_set_up_by_an_administrator_before_anything_else(client):
    sign_in(client, person(role=Role.ADMINISTRATOR))

    response = client.get(reverse("my_account"))

    assert response.status_code == 302
    assert response.url == SET_UP


def test_sends_a_swap_of_an_administrator_there_as_well(client):
    client.force_login(person(role=Role.ADMINISTRATOR))

    response = client.get(reverse("my_account"), headers={"HX-Request": "true"})

    assert response["HX-Redirect"] == SET_UP


def test_does_not_keep_an_administrator_from_leaving(client):
    client.force_login(person(role=Role.ADMINISTRATOR))

    assert client.post(reverse("account_logout")).url == reverse("account_login")


def test_is_not_asked_of_others(client):
    client.force_login(person(role=Role.DISPATCHER))

    assert client.get(reverse("my_account")).status_code == 200


def test_is_asked_for_after_the_password_once_it_is_set_up(client):
    user = person(role=Role.ADMINISTRATOR)
    auth.TOTP.activate(user, SECRET)

    response = sign_in(client, user)
    assert response.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session

    response = client.post(response.url, {"code": code_now()})

    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


def test_refuses_a_wrong_code_in_plain_words(client):
    user = person()
    auth.TOTP.activate(user, SECRET)
    sign_in(client, user)

    assert "This code does not fit" in client.post(reverse("mfa_authenticate"), {"code": "000000"}).text


def test_is_kept_encrypted():
    authenticator = auth.TOTP.activate(person(), SECRET).instance

    assert SECRET not in str(Authenticator.objects.get(pk=authenticator.pk).data)


def test_cannot_be_removed_by_an_administrator(client):
    user = person(role=Role.ADMINISTRATOR)
    auth.TOTP.activate(user, SECRET)
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user_id"] = str(user.pk)
    session.save()

    client.post(reverse("mfa_deactivate_totp"))

    assert Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def test_set_up_is_left_in_the_trail(client, django_capture_on_commit_callbacks):
    user = person(username="zhou")
    sign_in(client, user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(SET_UP)
    secret = page.context["form"].secret
    counter = next(iter(auth.yield_hotp_counters_from_time()))

    with django_capture_on_commit_callbacks(execute=True):
        client.post(SET_UP, {"code": auth.format_hotp_value(auth.hotp_value(secret, counter))})

    entry = Entry.objects.get(code="accounts.credential_changed")
    assert entry.data == {"change": "totp_activated"}
