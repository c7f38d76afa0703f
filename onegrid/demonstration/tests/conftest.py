import pytest

from onegrid.demonstration.tests.desks import Desk


@pytest.fixture
def desk(ouhai):
    return Desk(ouhai)
