"""Homes for servers of their own, and what they need to be started and looked at."""

import os
import shutil
import socket
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from onegrid.core.postgres.databases import ensure_database
from onegrid.core.postgres.folders import folders_of
from onegrid.core.postgres.server import Server, url_of

ROOT = Path(__file__).parents[2]
DEBIAN = Path("/usr/lib/postgresql/15/bin")


@pytest.fixture(scope="module")
def home():
    """A home below the checkout, because pytest's own folders are closed to the database's user."""
    folder = Path(tempfile.mkdtemp(prefix="home-", dir=_made(ROOT / "var" / "homes")))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folders_of(folder).root, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def open_folder():
    """A folder everybody may enter, wherever the checkout is."""
    folder = Path(tempfile.mkdtemp(prefix="onegrid-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def server(home):
    """The embedded server of that home; tests start and stop it."""
    server = Server(home)
    yield server
    server.stop()


@pytest.fixture
def debian_postgres(home):
    """The address of Debian's PostgreSQL 15, started in a home of its own."""
    if not (DEBIAN / "postgres").exists():
        pytest.skip("Debian's postgresql-15 is not installed here")
    server = Server(home, programs=DEBIAN)
    server.start()
    yield server.url.replace("/onegrid?", "/postgres?")
    server.stop()


@pytest.fixture(scope="session")
def free_port():
    """Return a port nobody listens on just now."""

    def find():
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            return probe.getsockname()[1]

    return find


@pytest.fixture(scope="module")
def environment(home):
    """The environment of a process of that home, with nothing of this test run's own."""
    mine = {"ONEGRID_DATABASE_URL", "ONEGRID_SECRET_KEY", "DJANGO_SETTINGS_MODULE", "HOST", "PORT"}
    kept = {name: value for name, value in os.environ.items() if name not in mine and not name.startswith("PYTEST_")}
    return kept | {"ONEGRID_HOME": str(home), "ONEGRID_WEB_WORKERS": "2", "ONEGRID_DEMONSTRATION_YEARS": "0"}


@pytest.fixture(scope="module")
def on_servers(server, environment):
    """The environment of processes of an installation whose database somebody else keeps, as in `deploy/`."""
    server.start()
    ensure_database(url_of(server.home, database="postgres"), "onegrid")
    yield environment | {"ONEGRID_DATABASE_URL": server.url}
    server.stop()


def _made(folder):
    folder.mkdir(parents=True, exist_ok=True)
    return folder
