"""What the tests of the trail share: a home of their own for its keys."""

import pytest


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    """Give each test fresh keys and checkpoints."""
    settings.HOME = tmp_path
    return tmp_path
