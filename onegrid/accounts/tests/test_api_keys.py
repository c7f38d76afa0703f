"""API keys: made once, found by prefix, good until revoked or over."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse

from onegrid.accounts import rules
from onegrid.accounts.actions.create_api_key import MOST, create_api_key
from onegrid.accounts.actions.note_key_use import note_key_use
from onegrid.accounts.actions.revoke_api_key import revoke_api_key
from onegrid.accounts.models import ApiKey
from onegrid.accounts.readers.api_keys import live_key, user_for_key
from onegrid.accounts.rules import Scope
from onegrid.accounts.tests.factories import NOON, person
from onegrid.core.errors import InvalidInputError, NotFoundError
from onegrid.oversight.models import Entry

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=30)


def make(by, **changes):
    wanted = {"name": "Map program", "scopes": [Scope.READ], "expires_at": NOON + MONTH, "at": NOON, **changes}
    return create_api_key(by=by, **wanted)


def test_are_kept_as_a_hash_alone():
    key, text = make(person())

    assert rules.parts(text)[1] not in str(vars(ApiKey.objects.get(pk=key.pk)))
    assert text.startswith(key.prefix)


def test_lead_to_their_owner():
    user = person()
    _, text = make(user)

    assert user_for_key(text, NOON) == user


def test_are_found_in_one_query(django_assert_num_queries):
    _, text = make(person())

    with django_assert_num_queries(1):
        live_key(text, NOON)


@pytest.mark.parametrize("text", ["", "og", "og__", "og_deadbeef_", "xx_deadbeef_secret", "og_deadbeef_secret", "\x00"])
def test_that_nobody_has_lead_nowhere(text):
    assert user_for_key(text, NOON) is None


def test_with_another_secret_lead_nowhere():
    key, _ = make(person())

    assert user_for_key(rules.joined(key.prefix, "guess"), NOON) is None


def test_end_with_their_time():
    _, text = make(person())

    assert user_for_key(text, NOON + MONTH) is None


def test_end_when_revoked():
    user = person()
    key, text = make(user)

    revoke_api_key(key_id=key.pk, by=user, at=NOON)

    assert user_for_key(text, NOON) is None


def test_end_with_their_owners_account():
    user = person()
    _, text = make(user)
    user.is_active = False
    user.save()

    assert user_for_key(text, NOON) is None


def test_can_be_revoked_twice():
    user = person()
    key, _ = make(user)
    revoke_api_key(key_id=key.pk, by=user, at=NOON)

    revoke_api_key(key_id=key.pk, by=user, at=NOON + MONTH)

    key.refresh_from_db()
    assert key.revoked_at == NOON


def test_of_others_cannot_be_revoked():
    key, _ = make(person())

    with pytest.raises(NotFoundError):
        revoke_api_key(key_id=key.pk, by=person(), at=NOON)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("scopes", []),
        ("scopes", ["everything"]),
        ("expires_at", NOON),
        ("expires_at", NOON + timedelta(days=400)),
    ],
)
def test_are_refused_naming_the_field(field, value):
    with pytest.raises(InvalidInputError) as refusal:
        make(person(), **{field: value})

    assert set(refusal.value.fields) == {field}


def test_are_not_without_number():
    user = person()
    for _ in range(MOST):
        make(user)

    with pytest.raises(InvalidInputError):
        make(user)


def test_remember_the_day_they_were_used_once_a_day(django_assert_num_queries):
    key, text = make(person())

    with django_assert_num_queries(1):
        note_key_use(key=key, at=NOON)
    with django_assert_num_queries(0):
        note_key_use(key=live_key_without_counting(text), at=NOON)

    key.refresh_from_db()
    assert key.last_used_on == NOON.date()


def live_key_without_counting(text):
    return ApiKey(last_used_on=NOON.date(), prefix=rules.parts(text)[0])


def test_leave_their_making_and_their_end_in_the_trail():
    user = person()
    key, text = make(user)
    revoke_api_key(key_id=key.pk, by=user, at=NOON)

    entries = Entry.objects.filter(target=f"accounts.ApiKey:{key.pk}").order_by("seq")
    assert [entry.code for entry in entries] == ["accounts.api_key_created", "accounts.api_key_revoked"]
    assert rules.parts(text)[1] not in str([entry.data for entry in entries])


def test_are_shown_on_the_page_once(client):
    client.force_login(person())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    made = client.post(reverse("create_api_key"), {"name": "Map", "scopes": [Scope.READ], "days": 30})
    later = client.get(reverse("my_account"))

    text = made.context["new_key"]
    assert text in made.text
    assert "no-store" in made["Cache-Control"]
    assert text not in later.text
    assert "read cases, areas and units" in later.text


def test_without_a_name_are_refused_on_the_page(client):
    client.force_login(person())

    response = client.post(reverse("create_api_key"), {"scopes": [Scope.READ], "days": 30})

    assert response.status_code == 422
    assert not ApiKey.objects.exists()


def test_that_do_not_exist_cannot_be_revoked_on_the_page(client):
    client.force_login(person())

    assert client.post(reverse("revoke_api_key", args=[uuid4()])).status_code == 404


def test_that_were_used_stop_working_when_revoked():
    user = person()
    key, text = make(user)
    live_key(text, NOON)

    revoke_api_key(key_id=key.id, by=user, at=NOON)

    assert live_key(text, NOON) is None
