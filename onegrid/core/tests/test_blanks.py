import pytest

from onegrid.core.blanks import says_something


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\u200b", "\ufeff\u2060", "\u202e \n"])
def test_what_nobody_sees_says_nothing(text):
    assert not says_something(text)


@pytest.mark.parametrize("text", ["井", "a", "?", "\u200b路灯", "🕳"])
def test_what_one_sees_says_something(text):
    assert says_something(text)
