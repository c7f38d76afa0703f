import pytest

from onegrid.accounts.actions.set_password import set_password
from onegrid.cases.tests.factories import MORNING, UserFactory
from onegrid.core.errors import InvalidInputError, NotFoundError
from onegrid.oversight.models import Entry
from onegrid.oversight.public import Actor

pytestmark = pytest.mark.django_db

STRONG = "a long sentence 2026"


def give(username, password=STRONG):
    return set_password(username=username, password=password, by=Actor("operator"), at=MORNING)


def test_lets_somebody_sign_in_and_notes_it():
    user = UserFactory()

    give(user.username)

    user.refresh_from_db()
    assert user.check_password(STRONG)
    assert Entry.objects.get().code == "accounts.password_set"


def test_refuses_a_weak_one():
    user = UserFactory()

    with pytest.raises(InvalidInputError):
        give(user.username, "12345678")


def test_refuses_somebody_who_is_not_there():
    with pytest.raises(NotFoundError):
        give("nobody")
