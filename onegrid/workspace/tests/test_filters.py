"""What a work list can be narrowed by."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from onegrid.cases.public import Channel, Scope, Status
from onegrid.workspace.rules.filters import NoSuchFilterError, Until, read

TUESDAY = datetime(2026, 11, 24, 14, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_reads_every_word_of_an_address():
    filters = read(
        {"scope": ["all"], "status": ["filed", "handled"], "due": ["today"], "days": ["30"], "channel": ["phone"],
         "urgent": ["1"], "simulated": ["0"], "ended": ["1"], "q": ["井盖"], "category": ["roads"], "area": ["330304"]}
    )  # fmt: skip

    assert filters.scope == Scope.ALL
    assert filters.status == (Status.FILED, Status.HANDLED)
    assert filters.channel == Channel.PHONE
    assert filters.due == Until.TODAY
    assert (filters.urgent, filters.simulated, filters.ended) == (True, False, True)


def test_writes_the_same_words_again():
    words = {"scope": ["unit"], "status": ["filed"], "q": ["a b&c"], "simulated": ["0"]}

    filters = read(words)

    assert filters.query() == "?scope=unit&status=filed&q=a+b%26c&simulated=0"


@pytest.mark.parametrize(
    "words",
    [
        {"colour": ["red"]},
        {"scope": ["world"]},
        {"status": ["lost"]},
        {"due": ["someday"]},
        {"days": ["-1"]},
        {"days": ["٣"]},
        {"channel": ["fax"]},
        {"urgent": ["yes"]},
        {"sort": ["random"]},
        {"area": ["\x00"]},
        {"q": ["\x00"]},
        {"q": ["路" * 101]},
        {"holder": ["x" * 101]},
    ],
)
def test_refuses_what_is_not_in_the_list(words):
    with pytest.raises(NoSuchFilterError):
        read(words)


def test_a_week_ends_on_sunday():
    selection = read({"due": ["week"]}).selection(now=TUESDAY)

    assert selection.due_before is not None
    assert selection.due_before.isoweekday() == 1
    assert (selection.due_before - TUESDAY).days == 5


def test_leaving_one_out_keeps_the_others():
    filters = read({"status": ["filed"], "q": ["x"], "urgent": ["1"]})

    assert filters.query(without=["q"]) == "?scope=mine&status=filed&urgent=1"
    assert filters.is_narrowed
    assert not read({}).is_narrowed
