"""Signing in: with a password, noted in the trail, locked after repeated failure."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.urls import reverse
from psycopg.conninfo import make_conninfo

from onegrid.accounts.models import User
from onegrid.accounts.tests.factories import PASSWORD, person
from onegrid.oversight.models import Entry

pytestmark = pytest.mark.queries(90)  # the throttle counts in the shared database, under a lock
LOGIN = "/account/login/"
ATTEMPTS = """
import json, sys, django
django.setup()
from django.test import Client
from django.conf import settings
settings.ALLOWED_HOSTS = ["testserver"]
client = Client(headers={"accept-language": "en"})
wrong = {"login": "zhou", "password": "wrong"}
print(json.dumps([client.post("/account/login/", wrong).status_code for _ in range(5)]))
"""


@pytest.fixture(autouse=True)
def _english_and_nobody_locked_out(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    cache.clear()
    yield
    cache.clear()


def sign_in(client, password=PASSWORD):
    return client.post(LOGIN, {"login": "zhou", "password": password})


@pytest.mark.django_db
def test_opens_a_session_that_ends_with_the_browser(client):
    user = person(username="zhou")

    response = sign_in(client)

    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.session.get_expire_at_browser_close()


@pytest.mark.django_db
def test_goes_on_in_the_persons_own_language(client):
    person(username="zhou", language="zh-hant")

    response = sign_in(client)

    assert response.cookies[settings.LANGUAGE_COOKIE_NAME].value == "zh-hant"


@pytest.mark.django_db
def test_is_left_in_the_trail(client):
    user = person(username="zhou")

    sign_in(client, "wrong")
    sign_in(client)
    client.post(reverse("account_logout"))

    entries = Entry.objects.filter(target=f"accounts.User:{user.pk}").order_by("seq")
    assert list(entries.values_list("code", flat=True)) == [
        "accounts.sign_in_refused",
        "accounts.signed_in",
        "accounts.signed_out",
    ]


@pytest.mark.django_db
def test_leaves_no_name_in_the_trail_that_nobody_has(client):
    client.post(LOGIN, {"login": "my secret password", "password": "x"})

    entry = Entry.objects.get(code="accounts.sign_in_refused")
    assert "secret" not in f"{entry.target}{entry.by}{entry.data}"


@pytest.mark.django_db
def test_says_what_to_check_when_refused(client):
    person(username="zhou")

    assert "This name and password do not belong together" in sign_in(client, "wrong").text


@pytest.mark.django_db
def test_is_closed_for_somebody_who_has_left(client):
    person(username="zhou", is_active=False)

    response = client.post(LOGIN, {"login": "zhou", "password": PASSWORD}, follow=True)

    assert "_auth_user_id" not in client.session
    assert "closed" in response.text


@pytest.mark.django_db
def test_cannot_be_had_by_signing_up(client):
    assert client.get("/account/signup/").status_code == 404


@pytest.mark.django_db
def test_is_locked_after_five_failures_and_says_until_when(client):
    person(username="zhou")
    for _ in range(5):
        sign_in(client, "wrong")

    response = sign_in(client)

    assert "_auth_user_id" not in client.session
    assert "Nobody can sign in with this name for 5 min; try again after" in response.text


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_is_locked_in_every_process_at_once(client):
    person(username="zhou")
    url = make_conninfo(os.environ["ONEGRID_DATABASE_URL"], dbname=connection.settings_dict["NAME"])
    env = {**os.environ, "ONEGRID_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.test"}

    elsewhere = subprocess.run(  # noqa: S603  our own interpreter
        [sys.executable, "-c", ATTEMPTS], env=env, cwd=settings.ROOT, capture_output=True, text=True, check=True
    )

    assert json.loads(elsewhere.stdout) == [200] * 5
    assert "Too many wrong attempts" in sign_in(client).text
    assert User.objects.get(username="zhou").last_login is None


@pytest.mark.django_db
def test_counts_each_source_apart_behind_our_proxy_and_keeps_no_address(client, settings):
    settings.BEHIND_TLS = True
    person(username="zhou")
    wrong = {"login": "nobody", "password": "wrong"}

    for number in range(21):  # as a program does that tries many names
        client.post(LOGIN, wrong | {"login": f"nobody-{number}"}, headers={"x-forwarded-for": "192.0.2.66"})
    here = {"x-forwarded-for": "192.0.2.1"}
    response = client.post(LOGIN, {"login": "zhou", "password": PASSWORD}, headers=here)

    assert response.status_code == 302
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(cache_key, ' ') FROM core_cache")
        assert "192.0.2." not in cursor.fetchone()[0]
