"""What the tests of cases share: the small district, its people, and a case."""

import pytest

from onegrid.cases.tests.factories import make_case, make_district, make_people


@pytest.fixture
def district(db):
    return make_district()


@pytest.fixture
def people(district):
    return make_people(district)


@pytest.fixture
def case(district):
    return make_case(district)
