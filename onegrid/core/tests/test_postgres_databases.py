import pytest
from django.conf import settings
from django.db import connection

from onegrid.core.postgres.databases import require_version
from onegrid.core.postgres.errors import PostgresError


def test_tell_the_version():
    assert require_version(settings.DATABASE_URL) >= 150000


def test_say_what_is_wrong_with_an_unreachable_server():
    with pytest.raises(PostgresError, match="cannot be reached"):
        require_version("postgresql://nobody@localhost:1/nothing")


@pytest.mark.django_db
def test_tables_lie_in_the_schema_of_the_district():
    with connection.cursor() as cursor:
        cursor.execute("SELECT schemaname FROM pg_tables WHERE tablename = 'accounts_user'")
        assert cursor.fetchall() == [(settings.SCHEMA,)]
