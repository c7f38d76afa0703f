"""The auditor's list of entries."""

from datetime import timedelta

import pytest
from django.db import transaction

from onegrid.core.errors import NotAllowedError
from onegrid.oversight.models import Actor, Entry
from onegrid.oversight.public import Search, entries, record, record_apart, record_refusal, seal_entries
from onegrid.oversight.tests.trail import AT, LIN, numbers, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def _lines():
    """One entry of everything one can look for."""
    day = timedelta(days=1)
    record("cases.accept", target="cases.Case:1", by=LIN, at=AT, data={})
    record("cases.file", target="cases.Case:2", by=LIN, at=AT + day, data={})
    record("dispatch.dispatch", target="cases.Case:1", by=Actor("周敏"), at=AT + 2 * day, data={})


@pytest.mark.usefixtures("_lines")
@pytest.mark.parametrize(
    ("search", "found"),
    [
        ({}, ["dispatch.dispatch", "cases.file", "cases.accept"]),
        ({"code": "cases.file"}, ["cases.file"]),
        ({"code": "cases."}, ["cases.file", "cases.accept"]),
        ({"target": "cases.Case:1"}, ["dispatch.dispatch", "cases.accept"]),
        ({"by": "周敏"}, ["dispatch.dispatch"]),
        ({"since": AT + timedelta(days=1)}, ["dispatch.dispatch", "cases.file"]),
        ({"until": AT + timedelta(days=1)}, ["cases.accept"]),
        ({"code": "cases.", "target": "cases.Case:1", "by": LIN.name}, ["cases.accept"]),
        ({"code": "case"}, []),
    ],
)
def test_finds(search, found, django_assert_num_queries):
    with django_assert_num_queries(2):
        page = entries(Search(**search))

    assert [entry.code for entry in page.entries] == found


def test_comes_in_pages_that_neither_repeat_nor_miss():
    write(7)

    first = entries(Search(), limit=3)
    second = entries(Search(), limit=3, before=first.next_before)
    third = entries(Search(), limit=3, before=second.next_before)

    assert [entry.seq for page in (first, second, third) for entry in page.entries] == numbers()[::-1]
    assert third.next_before is None


def test_says_up_to_where_it_is_sealed():
    write(2)
    seal_entries(at=AT)
    write(1)

    assert entries(Search()).sealed_up_to == numbers()[1]


def test_holds_refusals_by_code_and_not_by_text():
    record_refusal(NotAllowedError("林晓不能受理"), asked="cases.accept", target="cases.Case:1", by=LIN, at=AT)

    entry = Entry.objects.get()
    assert (entry.code, entry.target, entry.data) == ("cases.accept.refused", "cases.Case:1", {"why": "NotAllowed"})


@pytest.mark.django_db(transaction=True)
def test_keeps_a_refusal_whose_action_was_rolled_back():
    with transaction.atomic():
        write(1)
        transaction.set_rollback(True)
    record_refusal(NotAllowedError(""), asked="cases.accept", target="cases.Case:1", by=LIN, at=AT)

    assert [entry.code for entry in Entry.objects.all()] == ["cases.accept.refused"]


@pytest.mark.django_db(transaction=True)
def test_keeps_what_has_no_transaction_of_its_own():
    record_apart("accounts.sign_in", target="accounts.User:1", by=LIN, at=AT, data={})

    assert Entry.objects.count() == 1
