"""What signing in leaves in the audit trail."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse

from onegrid.accounts.tests.factories import PASSWORD, person
from onegrid.oversight.public import Entry, stands_for

pytestmark = [pytest.mark.django_db, pytest.mark.queries(80)]  # allauth counts attempts in the cache, with savepoints


@pytest.fixture
def sign_in(client):
    """Send the sign-in form."""
    return lambda name, password: client.post(reverse("account_login"), {"login": name, "password": password})


def trail():
    return [(entry.code, entry.target, entry.data.get("why")) for entry in Entry.objects.order_by("seq")]


def test_names_who_signed_in(sign_in):
    user = person()

    sign_in(user.username, PASSWORD)

    assert trail() == [("accounts.signed_in", f"accounts.User:{user.id}", None)]


def test_names_who_signed_out(client):
    user = person()
    client.force_login(user)

    client.post(reverse("account_logout"))

    assert trail() == [("accounts.signed_out", f"accounts.User:{user.id}", None)]


def test_names_whose_password_was_wrong(sign_in):
    user = person()

    sign_in(user.username, "wrong password")

    assert trail() == [("accounts.sign_in_refused", f"accounts.User:{user.id}", "wrong_password")]


def test_does_not_keep_what_a_stranger_typed(sign_in):
    sign_in("13800000000", "wrong password")

    entry = Entry.objects.get()
    month = f"accounts.SignIn:{entry.at:%Y-%m}"
    assert (entry.target, "13800000000" in str(entry.data)) == ("accounts.User:unknown", False)
    assert stands_for(entry.data["name"], value="13800000000", subject=month)


def test_shows_that_the_same_strange_name_was_tried_again(sign_in):
    sign_in("nobody", "wrong password")
    sign_in("Nobody", "other password")

    first, second = Entry.objects.order_by("seq")
    assert first.data["name"] == second.data["name"]


def test_tells_when_a_name_was_locked(sign_in):
    user = person()

    for number in range(6):
        sign_in(user.username, f"wrong password {number}")

    assert [why for _, _, why in trail()] == ["wrong_password"] * 5 + ["locked_out"]


def test_tells_when_the_second_factor_was_wrong(sign_in, client):
    user = person()
    TOTP.activate(user, generate_totp_secret())
    sign_in(user.username, PASSWORD)

    client.post(reverse("mfa_authenticate"), {"code": "000000"})

    assert trail() == [("accounts.sign_in_refused", f"accounts.User:{user.id}", "wrong_code")]
