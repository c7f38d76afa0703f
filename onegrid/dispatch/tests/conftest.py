"""What the tests of dispatch share: the small district, its people, and a filed case."""

import pytest

from onegrid.cases.models import Evidence
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import MORNING, make_case, make_district, make_people


@pytest.fixture
def district(db):
    return make_district()


@pytest.fixture
def people(district):
    return make_people(district)


@pytest.fixture
def filed(district):
    return make_case(district, status=Status.FILED)


@pytest.fixture
def a_photo():
    """Return how a case gets a photo that shows nothing in particular."""

    def make(case):
        sha256 = "0" * 64
        return Evidence.objects.create(
            case=case, purpose="other", kind="photo", sha256=sha256, media_type="image/jpeg", size=1, added_at=MORNING
        )

    return make
