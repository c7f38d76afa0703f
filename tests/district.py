"""
The whole Ouhai district for any test that asks for it: `ouhai`.

The pack is loaded once in a run and its rows are kept; each test gets them back
by COPY, which takes a fraction of a second. Ids are the same every time, so the
snapshots of areas, units and categories are built once as well.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from onegrid.accounts.models import Duty, User
from onegrid.cases.models import ReplyTemplate
from onegrid.catalogue.models import Admission, Category
from onegrid.core import snapshots
from onegrid.core.models import Generation
from onegrid.dispatch.models import RoutingRule
from onegrid.geography.models import Area
from onegrid.oversight.models import Entry
from onegrid.oversight.public import Actor
from onegrid.packs.public import Loaded, load_pack
from onegrid.units.models import Calendar, Post, Unit

PACK = Path(__file__).parents[1] / "packs" / "ouhai"
LOADED_AT = datetime(2026, 11, 20, 1, tzinfo=UTC)
BY = Actor(name="tests")
TABLES = [
    model._meta.db_table
    for model in (
        Generation,
        Area,
        Calendar,
        Unit,
        Post,
        User,
        Duty,
        Category,
        Admission,
        RoutingRule,
        ReplyTemplate,
        Entry,
    )
]


@dataclass(frozen=True)
class Ouhai:
    """What the one load of this run reported."""

    loaded: Loaded

    def user(self, username):
        """Return somebody of the pack, such as `chashan.dispatcher`; the password is the demonstration's."""
        return User.objects.get(username=username)


def load_ouhai(**also):
    return load_pack(path=PACK, by=BY, **{"at": LOADED_AT, "demonstration": True} | also)


@pytest.fixture(scope="session")
def _ouhai_rows(django_db_setup, django_db_blocker):  # there must be a database
    """Load the pack, take its rows and leave the database as it was."""
    with django_db_blocker.unblock():
        loaded = load_ouhai()
        _leave_nothing_to_chance()
        with connection.cursor() as cursor:
            rows = {table: _taken(cursor, table) for table in TABLES}
            cursor.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")
    return loaded, rows


@pytest.fixture
def ouhai(_ouhai_rows, db):  # the test's transaction
    """The Ouhai pack, loaded: areas of 2016, everybody's accounts, catalogue and routes."""
    loaded, rows = _ouhai_rows
    with connection.cursor() as cursor:
        for table in TABLES:
            with cursor.copy(f"COPY {table} ({rows[table][0]}) FROM STDIN") as copy:
                copy.write(rows[table][1])
    snapshots.refresh()
    return Ouhai(loaded)


def _leave_nothing_to_chance():
    """Let everything reported done be verified and nothing that was solved on the spot, so that a test knows which."""
    for category in Category.objects.all():
        category.procedure |= {"verification": "always", "on_the_spot_percent": 0}
        category.save(update_fields=["procedure"])


def _taken(cursor, table):
    cursor.execute(f"SELECT * FROM {table} LIMIT 0")  # noqa: S608  # one of TABLES
    columns = ", ".join(f'"{column.name}"' for column in cursor.description if column.name != "seq")
    with cursor.copy(f"COPY {table} ({columns}) TO STDOUT") as copy:
        return columns, b"".join(bytes(block) for block in copy)
