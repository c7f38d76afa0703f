"""The filters in force, in words: none of them is hidden, and each can be taken away alone."""

import pytest

from onegrid.workspace.readers.chips import chips
from onegrid.workspace.rules.filters import NARROWING, Filters, read

WORDS = {
    "status": "filed", "due": "today", "days": "30", "category": "roads", "area": "330304", "channel": "phone",
    "urgent": "1", "simulated": "0", "ended": "1", "q": "井盖", "lead": "none", "holder": "none",
    "came_from": "2026-01-01", "came_to": "2026-01-02", "ended_from": "2026-01-03", "ended_to": "2026-01-04",
    "returned": "1", "missed": "1", "late_in": "handle", "exempt": "1", "handled": "left", "handled_by": "none",
    "handled_from": "2026-01-05", "handled_to": "2026-01-06",
}  # fmt: skip


def test_an_example_stands_here_for_every_filter():
    assert set(WORDS) == set(NARROWING)


@pytest.mark.django_db
@pytest.mark.parametrize("name", NARROWING)
def test_every_filter_says_that_it_is_in_force_and_leads_back_to_the_list_without_it(name):
    (chip,) = chips(read({"scope": ["all"], name: [WORDS[name]]}))

    assert chip.name
    assert chip.value
    assert chip.url == "?scope=all"


@pytest.mark.django_db
def test_all_of_them_stand_side_by_side():
    filters = read({"scope": ["all"], **{name: [word] for name, word in WORDS.items()}})

    shown = chips(filters)

    assert len(shown) == len(WORDS)
    assert all(len(read_again(chip.url)) == len(WORDS) - 1 for chip in shown)


def test_a_list_that_is_not_narrowed_has_none():
    assert chips(Filters()) == []


def read_again(url):
    return [pair for pair in url.removeprefix("?").split("&") if not pair.startswith("scope=")]
