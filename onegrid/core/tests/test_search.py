"""Runs of Han are found by every part of them, as LIKE would; what is inner, by those alone who ask for it."""

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from onegrid.core.search import query, vector

HAN = st.text("路灯井盖楼道煤气味𠮷", min_size=1, max_size=8)
WORDS = st.text("ab1'\\", min_size=1, max_size=4)
TEXTS = st.lists(st.one_of(HAN, WORDS), min_size=1, max_size=5).map(" ".join)


def holds(words, wanted):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [words, wanted])
        return cursor.fetchone()[0]


@pytest.mark.django_db
@settings(max_examples=100, deadline=None)
@given(han=HAN, around=TEXTS, data=st.data())
def test_every_part_of_a_run_is_found(han, around, data):
    start = data.draw(st.integers(0, len(han) - 1))
    end = data.draw(st.integers(start + 1, len(han)))

    assert holds(vector(f"{around} {han}"), query(han[start:end]))


@pytest.mark.django_db
@settings(max_examples=100, deadline=None)
@given(shown=TEXTS, hidden=TEXTS, wanted=TEXTS)
def test_who_asks_for_open_words_is_answered_as_if_there_were_no_others(shown, hidden, wanted):
    if not query(wanted):
        return
    words = vector(shown, inner=[hidden])

    assert holds(words, query(wanted, only_shown=True)) == holds(vector(shown), query(wanted))
    assert holds(words, query(wanted)) == holds(vector(f"{shown} {hidden}"), query(wanted))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "wanted"), [("人行道上井蓋壞了", "井盖"), ("人行道上井盖坏了", "井蓋"), ("井蓋", "井蓋")]
)
def test_either_script_finds_the_other(said, wanted):
    assert holds(vector(said), query(wanted))
    assert holds(vector("", inner=[said]), query(wanted))


@pytest.mark.django_db
def test_a_character_that_is_nowhere_is_not_found():
    assert not holds(vector("路灯 坏了"), query("井"))
    assert not holds(vector("路灯 坏了"), query("灯坏"))


def test_an_underscore_by_itself_is_a_sign_like_others():
    assert query("_") == ""
    assert query("井盖_") == query("井盖")
