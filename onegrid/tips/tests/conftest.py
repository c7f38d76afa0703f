"""What most tests of tips begin with: a channel, its officer with their key, and a tip in it."""

import pytest

from onegrid.tips.tests.arranging import channel, reader, tip


@pytest.fixture
def fire():
    return channel()


@pytest.fixture
def officer(fire):
    return reader(fire)


@pytest.fixture
def given(fire, officer):
    return tip(fire, officer[1])
