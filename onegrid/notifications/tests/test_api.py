"""What a program learns of what its owner was told."""

import pytest
from django.utils.timezone import now

from onegrid.accounts.rules import Scope
from onegrid.accounts.tests.callers import Program
from onegrid.accounts.tests.factories import person
from onegrid.notifications.models import InboxEntry
from onegrid.notifications.public import tell, unread_count
from onegrid.notifications.tests.factories import notice

pytestmark = pytest.mark.django_db


def test_lists_what_the_caller_was_told_page_by_page(reader):
    tell([notice(reader) for _ in range(3)] + [notice(person())], at=now())
    program = Program(reader)

    first = program.show("notices", limit=2).json()
    second = program.show("notices", limit=2, after=first["next_after"]).json()

    assert [len(page["notices"]) for page in (first, second)] == [2, 1]
    assert first["notices"][0]["title"].endswith(": 80 % in en")
    assert second["next_after"] == ""


def test_takes_one_for_read_and_says_so_twice(reader):
    tell([notice(reader)], at=now())
    program, address = Program(reader), f"notices/{InboxEntry.objects.get().pk}/read"

    assert [program.send(address, {}).status_code for _ in range(2)] == [204, 204]
    assert unread_count(reader) == 0
    assert program.show("notices", unread=True).json()["notices"] == []


def test_what_somebody_else_was_told_is_not_there(reader):
    tell([notice(person())], at=now())

    response = Program(reader).send(f"notices/{InboxEntry.objects.get().pk}/read", {})

    assert response.status_code == 404


@pytest.mark.parametrize("words", [{"after": "zzz"}, {"limit": 0}, {"limit": 1000}, {"unread": "perhaps"}])
def test_refuses_pages_that_are_none(reader, words):
    assert Program(reader).show("notices", **words).status_code == 422


def test_a_key_that_may_only_read_takes_nothing_for_read(reader):
    tell([notice(reader)], at=now())

    response = Program(reader, Scope.READ).send(f"notices/{InboxEntry.objects.get().pk}/read", {})

    assert response.status_code == 403
