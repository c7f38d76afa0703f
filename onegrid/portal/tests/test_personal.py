"""What a report may say of a person by mistake is found, and nothing else."""

import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onegrid.portal.rules.personal import Personal, personal

EXAMPLES = json.loads(Path(__file__).with_name("personal.json").read_text(encoding="utf8"))
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SOMEBODY = st.builds(
    lambda area, born, serial: f"{area:06}{born:%Y%m%d}{serial:03}",
    st.integers(110000, 659999), st.dates(min_value=date(1900, 1, 1)), st.integers(0, 999),
)  # fmt: skip


def check_digit(first):
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(first, WEIGHTS, strict=True)) % 11]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["text"])
def test_finds_what_the_examples_hold(example):
    assert [[found.kind.value, found.words] for found in personal(example["text"])] == example["found"]


@given(SOMEBODY)
def test_finds_every_identity_number_and_none_with_a_wrong_check_digit(first):
    right = check_digit(first)
    wrong = str((int(right.replace("X", "10")) + 1) % 10)

    [found] = personal(f"证件{first}{right}号")

    assert (found.kind, found.words) == (Personal.IDENTITY, first + right)
    assert all(other.kind != Personal.IDENTITY for other in personal(f"证件{first}{wrong}号"))


@given(st.text(alphabet="01389xX-浙沪CD·名字姓我叫王林 ，", max_size=60))
def test_finds_places_in_order_that_do_not_overlap(text):
    found = personal(text)

    assert all(text[each.start : each.end] == each.words for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(st.text(max_size=200))
def test_takes_any_text(text):
    assert isinstance(personal(text), list)
