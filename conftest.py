"""What every test gets without asking."""

import os
import re
import socket
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed

from config.translations.catalogs import compile_messages
from onegrid.accounts.permissions import DUTIES
from onegrid.core import snapshots
from onegrid.core.web import kept_pages
from onegrid.oversight.tests.trail import let_tests_empty_tables

pytest_plugins = ["tests.district"]

BUDGET = 30
REPEATS = 4
NEAR = ("127.", "::1", "localhost")


def pytest_sessionstart():
    """Compile the translations, so that tests read what people read."""
    if compile_messages():
        translation_file_changed(None, Path("django.mo"))  # what was read before, while Django was set up


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):  # noqa: ARG001  # after Django's own
    """Let tests that commit clean up after themselves, which append-only tables otherwise forbid."""
    with django_db_blocker.unblock():
        let_tests_empty_tables()
    yield
    with django_db_blocker.unblock():
        name = connection.settings_dict["NAME"]
        connection.close()
        # What a browser asked for at the very last may still be under way, and would keep the database from going.
        with connection._nodb_cursor() as cursor:  # noqa: SLF001  # as Django itself does
            cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
            cursor.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [name])


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Drive the Chromium that is installed, instead of downloading one."""
    chromium = os.environ.get("ONEGRID_CHROMIUM", "/usr/bin/chromium")
    return browser_type_launch_args | {"executable_path": chromium}


@pytest.fixture(autouse=True)
def _query_budget(request, monkeypatch):
    """
    Fail any request through the test client that asks the database too much.

    More than `BUDGET` queries, or one query more than `REPEATS` times, is an
    N+1 until proved otherwise; `@pytest.mark.queries(50)` is the proof. What
    snapshots ask, whether they are new, depends on the time that went by and
    is not counted.
    """
    marker = request.node.get_closest_marker("queries")
    budget = marker.args[0] if marker else BUDGET
    plain_request = Client.request

    def counted_request(client, **environ):
        with CaptureQueriesContext(connection) as captured:
            response = plain_request(client, **environ)
        asked = [query["sql"] for query in captured if '"core_generation"' not in query["sql"]]
        shapes = Counter(re.sub(r"'[^']*'|\b\d+\b", "?", sql) for sql in asked)
        sql, times = (shapes.most_common(1) or [("", 0)])[0]
        assert len(asked) <= budget, f"{len(asked)} queries, over the budget of {budget}"
        assert marker or times <= REPEATS, f"asked {times} times: {sql[:120]}"
        return response

    monkeypatch.setattr(Client, "request", counted_request)


@pytest.fixture(autouse=True)
def _own_snapshots(request):
    """Forget what an earlier test has put into memory: its rows are gone."""
    if {"db", "transactional_db"} & set(request.fixturenames) or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        snapshots.refresh()
        snapshots.forget(DUTIES)
    kept_pages.forget()


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Give every test an empty folder for the files it keeps."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.RESUMABLE_UPLOADS = tmp_path / "uploads"


@pytest.fixture(autouse=True)
def _first_language(settings):
    """Speak the default language, whatever the test before has chosen."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    """Refuse every connection that would leave this machine."""
    plain_connect = socket.socket.connect

    def near_connect(self, address):
        if self.family in {socket.AF_INET, socket.AF_INET6} and not str(address[0]).startswith(NEAR):
            message = f"A test tried to reach {address[0]}."
            raise PermissionError(message)
        return plain_connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", near_connect)
