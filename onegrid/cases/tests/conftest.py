"""What the tests of cases share: the small district, its people, and a case."""

import pytest

from onegrid.cases.tests.appeals import closed_case
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


@pytest.fixture
def late(district, people):
    """A case that its unit handled late, and that ended late."""
    return closed_case(district, people)
