"""What the tests of the portal share: the small district and its people, also as residents report there."""

import pytest

from onegrid.cases.tests.conftest import district, people
from onegrid.portal.tests.reporting import make_reportable

__all__ = ["district", "people"]


@pytest.fixture
def reportable(db):
    return make_reportable()
