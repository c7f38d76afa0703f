"""What the tests of bad input share: the small district, somebody who may do anything, and a count of all rows."""

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection

from onegrid.accounts.models import Duty, Role
from onegrid.accounts.tests.callers import Program
from onegrid.cases.tests.factories import MORNING, make_case, make_district, make_people, with_duty
from onegrid.core.models import Attempts


@pytest.fixture
def district(db):
    cache.clear()
    return make_district()


@pytest.fixture
def people(district):
    return make_people(district)


@pytest.fixture
def case(district):
    return make_case(district)


@pytest.fixture
def everyone(district):
    """Somebody who holds every duty there is, everywhere: what is refused to them is refused for what it is."""
    centre, roads = district.units.centre, district.units.roads
    user = with_duty(Role.ADMINISTRATOR, unit=centre, name="什么都管")
    for role in set(Role) - {Role.ADMINISTRATOR}:
        unit = roads if role in {Role.HANDLER, Role.UNIT_HEAD} else centre
        Duty.objects.create(user=user, role=role, unit=unit, area=district.areas.district, started_at=MORNING)
    return user


@pytest.fixture
def program(everyone):
    return Program(everyone)


@pytest.fixture
def officer(client, people):
    client.force_login(people.acceptor)
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def rows(db):
    """Count the rows of every table, but for who is signed in, and how often a source has tried something."""
    models = [model for model in apps.get_models() if model._meta.managed and model not in {Session, Attempts}]
    tables = [model._meta.db_table for model in models]
    counts = ", ".join(f'(SELECT count(*) FROM "{table}")' for table in tables)  # noqa: S608  # our own tables

    def count():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {counts}")  # the names of our own tables
            return dict(zip(tables, cursor.fetchone(), strict=True))

    return count


@pytest.fixture
def kept_files(settings):
    """List the files on the disk."""
    return lambda: sorted(path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())
