"""Chance that is always the same for a seed."""

import random

from hypothesis import strategies as st


def drawn(seed):
    return random.Random(seed)  # noqa: S311  # a simulation, not a secret


draws = st.integers(0, 2**32).map(drawn)
