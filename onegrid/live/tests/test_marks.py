import pytest

from onegrid.live.rules.marks import NotAMarkError, mark


@pytest.mark.parametrize(
    ("xid", "is_covered"), [(11, True), (12, False), (13, False), (14, True), (15, False), (99, False)]
)
def test_covers_what_had_ended_when_it_was_made(xid, is_covered):
    assert mark("12:15:12,13").covers(xid) is is_covered


def test_covers_everything_before_where_nothing_was_under_way():
    assert mark("12:12:").covers(11)
    assert not mark("12:12:").covers(12)


@pytest.mark.parametrize(
    "text",
    [
        "", "12", "12:11:", "0:5:", "12:15:11", "12:15:15", "12:15:13,12", "12:15:13,13", "a:b:", "1:2:;--",
        "1:9:" + "5," * 3000,
    ],
)  # fmt: skip
def test_refuses_what_no_database_has_written(text):
    with pytest.raises(NotAMarkError):
        mark(text)
