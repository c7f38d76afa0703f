"""What the tests of the workspace share: the small district of cases, its people, somebody signed in."""

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


@pytest.fixture
def as_(client):
    """Sign somebody in and return the client."""

    def sign_in(user, language="en"):
        client.force_login(user)
        client.cookies["language"] = language
        return client

    return sign_in
