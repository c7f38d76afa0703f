"""Commitments to what must be forgettable."""

import pytest

from onegrid.oversight.models import CommitmentKey, Entry
from onegrid.oversight.public import commit_to, forget, stands_for
from onegrid.oversight.tests.trail import AT, LIN

pytestmark = pytest.mark.django_db
ZHOU, WU = "cases.Report:1", "cases.Report:2"


def test_stand_for_what_was_committed_to():
    token = commit_to("13800000000", subject=ZHOU, at=AT)

    assert stands_for(token, value="13800000000", subject=ZHOU)
    assert not stands_for(token, value="13800000001", subject=ZHOU)


def test_do_not_say_it():
    assert "13800000000" not in commit_to("13800000000", subject=ZHOU, at=AT)


def test_are_the_same_for_the_same_value_of_one_subject():
    assert commit_to("留言", subject=ZHOU, at=AT) == commit_to("留言", subject=ZHOU, at=AT)


def test_do_not_join_two_subjects():
    assert commit_to("留言", subject=ZHOU, at=AT) != commit_to("留言", subject=WU, at=AT)


def test_mean_nothing_once_their_subject_is_forgotten():
    token = commit_to("留言", subject=ZHOU, at=AT)

    assert forget(ZHOU, why="保存期满", by=LIN, at=AT)

    assert not stands_for(token, value="留言", subject=ZHOU)
    assert commit_to("留言", subject=ZHOU, at=AT) != token


def test_leave_a_trace_of_the_forgetting_that_does_not_name_the_subject():
    commit_to("留言", subject=ZHOU, at=AT)
    key = CommitmentKey.objects.get()

    forget(ZHOU, why="保存期满", by=LIN, at=AT)

    entry = Entry.objects.get()
    assert (entry.code, entry.target) == ("oversight.forget", f"oversight.CommitmentKey:{key.id}")
    assert entry.data == {"why": "保存期满"}


def test_cannot_be_forgotten_twice():
    assert not forget(ZHOU, why="保存期满", by=LIN, at=AT)
