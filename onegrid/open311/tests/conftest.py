"""What the tests of Open311 share: the small district and its people."""

from onegrid.cases.tests.conftest import district, people

__all__ = ["district", "people"]
