"""Told once, whoever looks, however often, however much there is."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection
from django.utils.timezone import now

from onegrid.cases.states import Status
from onegrid.cases.tests.factories import make_case
from onegrid.following.actions import tell_followers as telling
from onegrid.following.models import Follow
from onegrid.following.public import Kind, ask_to_follow, tell_followers
from onegrid.following.tests.test_by_email import ADDRESS
from onegrid.notifications.models import Letter

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def followed(district, mailbox):
    """A case that somebody follows who has said yes."""
    case = make_case(district, status=Status.IN_PROGRESS)
    ask_to_follow(kind=Kind.CASE, code=case.number, address=ADDRESS, language="en", at=now())
    Follow.objects.update(confirmed_at=now(), ends_at=now() + timedelta(days=9))
    Letter.objects.all().delete()
    return case


def test_two_that_look_at_once_tell_once(followed, step):
    step(followed)
    at, told = now() + timedelta(minutes=2), []

    def look():
        told.append(tell_followers(at=at))
        connection.close()

    threads = [Thread(target=look) for _ in range(3)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert sorted(told) == [0, 0, 1]
    assert Letter.objects.count() == 1


def test_one_that_dies_before_its_end_has_told_nothing_and_forgotten_nothing(followed, step, monkeypatch):
    step(followed)
    at = now() + timedelta(minutes=2)
    monkeypatch.setattr(telling, "hurry_letters", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tell_followers(at=at)
    assert not Letter.objects.exists()
    monkeypatch.undo()

    assert tell_followers(at=at) == 1


def test_more_than_is_looked_at_together_is_told_with_the_next_round(followed, step, monkeypatch):
    monkeypatch.setattr(telling, "MOST_ENTRIES", 2)
    for minute in range(5):
        step(followed, at=now() + timedelta(minutes=minute))
    rounds = [tell_followers(at=now() + timedelta(minutes=9)) for _ in range(4)]

    assert rounds == [1, 1, 1, 0]
    assert sum(letter.text.count("Accepted") for letter in Letter.objects.all()) == 5


def test_of_many_steps_the_first_are_named_and_how_many_more(followed, step):
    for second in range(25):
        step(followed, at=now() + timedelta(seconds=second))
    tell_followers(at=now() + timedelta(minutes=9))
    letter = Letter.objects.get()

    assert "25 new steps" in letter.title
    assert "and 5 more" in letter.text


def test_who_has_answered_nothing_is_asked_about_five_things_at_most(district, mailbox):
    for _ in range(7):
        ask_to_follow(kind=Kind.CASE, code=make_case(district).number, address=ADDRESS, language="en", at=now())

    assert Follow.objects.count() == Letter.objects.count() == 5


def test_who_lost_the_question_is_asked_again_after_ten_minutes(district, mailbox):
    for minutes in (0, 5, 11):
        ask_to_follow(kind=Kind.ALL, code="", address=ADDRESS, language="en", at=now() + timedelta(minutes=minutes))

    assert Letter.objects.count() == 2


def test_it_asks_the_same_of_the_database_however_many_follow(
    district, mailbox, followed, step, django_assert_max_num_queries
):
    for number in range(9):
        ask_to_follow(kind=Kind.CASE, code=followed.number, address=f"a{number}@example.net", language="en", at=now())
    Follow.objects.update(confirmed_at=now(), ends_at=now() + timedelta(days=9))
    step(followed)
    with django_assert_max_num_queries(20):
        tell_followers(at=now() + timedelta(minutes=2))
