"""
The tests' database: a real PostgreSQL of our own, there before Django's settings are read.

Loaded by `-p tests.database`. Every checkout keeps its own server under
`var/test*`; a second run of the same checkout at the same time gets another one.
With ONEGRID_DATABASE_URL set, that server is used instead.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg.conninfo import make_conninfo

from config.translations.catalogs import compile_messages
from onegrid.core.postgres.databases import ensure_database, ensure_schema
from onegrid.core.postgres.errors import AlreadyInUseError
from onegrid.core.postgres.server import Server, url_of

VAR = Path(__file__).parents[1] / "var"
RUNS_AT_ONCE = 8
TEMPLATE = "onegrid_empty"

_server: list[Server] = []


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Iterator[None]:
    """Start before pytest-django reads the settings; the workers of xdist inherit the environment."""
    os.environ.setdefault("ONEGRID_SECRET_KEY", "only-for-tests")
    os.environ.setdefault("ONEGRID_HOME", str(VAR / "test"))
    Path(os.environ["ONEGRID_HOME"], "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns without
    if "ONEGRID_DATABASE_URL" not in os.environ:
        server = _start()
        _server.append(server)
        ensure_database(url_of(server.home, database="postgres"), "onegrid")
        os.environ["ONEGRID_DATABASE_URL"] = server.url
    if "PYTEST_XDIST_WORKER" not in os.environ:
        compile_messages()
        url = os.environ["ONEGRID_DATABASE_URL"]
        ensure_database(url, TEMPLATE)
        ensure_schema(make_conninfo(url, dbname=TEMPLATE), os.environ.get("ONEGRID_SCHEMA", "onegrid"))
    return (yield)


def pytest_unconfigure() -> None:
    """Stop what we started."""
    while _server:
        _server.pop().stop()


def _start() -> Server:
    for number in range(1, RUNS_AT_ONCE + 1):
        server = Server(VAR / ("test" if number == 1 else f"test-{number}"), durable=False)
        try:
            server.start()
        except AlreadyInUseError:
            continue
        return server
    message = f"{RUNS_AT_ONCE} test runs are under way in this checkout."
    raise AlreadyInUseError(message)
