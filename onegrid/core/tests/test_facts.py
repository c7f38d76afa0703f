"""Facts, and who hears them when."""

from dataclasses import dataclass

import pytest
from django.db import transaction

from onegrid.core.facts import Fact, announce, on, within

heard = []


@dataclass(frozen=True, kw_only=True)
class LampLit(Fact):
    street: str


@on(LampLit)
def afterwards(fact):
    heard.append(f"after {fact.street}")


@within(LampLit)
def at_once(fact):
    heard.append(f"within {fact.street}")


@pytest.fixture(autouse=True)
def _nothing_heard():
    heard.clear()


@pytest.mark.django_db(transaction=True)
def test_those_within_hear_at_once_and_the_others_after_the_commit():
    with transaction.atomic():
        announce(LampLit(street="青禾路"))
        assert heard == ["within 青禾路"]

    assert heard == ["within 青禾路", "after 青禾路"]


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_is_not_told_afterwards():
    with transaction.atomic():
        announce(LampLit(street="青禾路"))
        transaction.set_rollback(True)

    assert heard == ["within 青禾路"]
