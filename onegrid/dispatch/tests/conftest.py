"""What the tests of dispatch share: the small district, its people, and a filed case."""

import pytest

from onegrid.cases.states import Status
from onegrid.cases.tests.factories import make_case, make_district, make_people


@pytest.fixture
def district(db):
    return make_district()


@pytest.fixture
def people(district):
    return make_people(district)


@pytest.fixture
def filed(district):
    return make_case(district, status=Status.FILED)
