"""Percentages: none where few stand behind them, and never nearly all as all."""

import pytest

from onegrid.core.shares import percent_of


@pytest.mark.parametrize(
    ("count", "of", "percent"),
    [(5, None, None), (9, 9, None), (5, 10, 50), (0, 10, 0), (10, 10, 100), (3251, 3260, 99), (1, 3260, 1)],
)
def test_a_part_in_percent(count, of, percent):
    assert percent_of(count, of) == percent
