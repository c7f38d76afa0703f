"""Statements that are written once: what is kept, what is sent with each, and what cannot be reckoned with."""

from datetime import UTC, datetime, timedelta

import pytest

from onegrid.core import statements
from onegrid.core.fields import Box
from onegrid.core.statements import LATER, SOMEWHERE, UNTIL, kept

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(statements, "_kept", {})


def test_is_written_once_and_sent_with_the_moment_of_each_time(db):
    written = []

    def write(at):
        written.append(at)
        return "SELECT %s::timestamptz, %s::timestamptz, %s", [at, UNTIL, 7]

    first = kept("question", write).rows(NOON, until=NOON + timedelta(hours=1))
    second = kept("question", write).rows(NOON + timedelta(days=1), until=NOON)

    assert first == [(NOON, NOON + timedelta(hours=1), 7)]
    assert second == [(NOON + timedelta(days=1), NOON, 7)]
    assert written == [LATER]


def test_is_sent_for_another_part_of_the_map(db):
    statement = kept("map", lambda _at: ("SELECT '(1,1)'::point <@ %s::box", [SOMEWHERE.literal()]))

    assert statement.rows(NOON, box=Box(0, 0, 2, 2)) == [(True,)]
    assert statement.rows(NOON, box=Box(3, 3, 4, 4)) == [(False,)]


def test_is_written_anew_when_what_it_looked_up_has_changed(db):
    before, after = object(), object()

    kept("question", lambda _at: ("SELECT 1", []), among=(before,))

    assert kept("question", lambda _at: ("SELECT 2", []), among=(after,)).rows(NOON) == [(2,)]


def test_does_not_keep_without_end(monkeypatch):
    monkeypatch.setattr(statements, "MOST", 2)

    for number in range(5):
        kept(number, lambda _at: ("SELECT 1", []))

    assert len(statements._kept) <= 2


@pytest.mark.parametrize("reckon", [lambda: LATER + timedelta(1), lambda: LATER - NOON, LATER.date, LATER.timestamp])
def test_nothing_can_be_reckoned_from_a_moment_that_is_not_known(reckon):
    with pytest.raises(TypeError, match="not known"):
        reckon()
