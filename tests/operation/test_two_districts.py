"""Two districts in one database, each in a schema of its own."""

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from onegrid.core.postgres.databases import ensure_database
from onegrid.core.postgres.server import url_of

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
REMEMBER = "from onegrid.core.models import Generation; Generation.objects.create(name='{}', value='{:032}')"
DEFER = "from onegrid.core.tasks import rescue_stalled_jobs as task; print(task.defer(timestamp=0))"
SEE = (
    "print(*Generation.objects.filter(name__in=['ouhai', 'lucheng']).values_list('name', flat=True));"
    "from procrastinate.contrib.django.models import ProcrastinateJob; print(ProcrastinateJob.objects.count())"
)


@pytest.fixture
def districts(server, environment):
    """Run Python inside the installation of either district."""
    server.start()
    ensure_database(url_of(server.home, database="postgres"), "shared")
    shared = environment | {"ONEGRID_DATABASE_URL": url_of(server.home, database="shared"), "ONEGRID_SECRET_KEY": "x"}

    def command(schema, *words):
        return subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env=shared | {"ONEGRID_SCHEMA": schema},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    yield command
    server.stop()


def finish(process):
    said, _ = process.communicate(timeout=180)
    assert process.returncode == 0, said
    return said.strip()


def test_know_nothing_of_each_other(districts, server):
    both = [districts(schema, "-m", "config.cli", "prepare") for schema in ("ouhai", "lucheng")]
    assert all("migrations applied" in finish(process) for process in both)

    finish(districts("ouhai", "manage.py", "shell", "-v0", "-c", f"{REMEMBER.format('ouhai', 1)}; {DEFER}"))
    seen = finish(districts("lucheng", "manage.py", "shell", "-v0", "-c", f"{REMEMBER.format('lucheng', 2)}; {SEE}"))

    assert seen.split() == ["lucheng", "0"]
    with psycopg.connect(url_of(server.home, database="shared")) as connection:
        assert connection.execute("SELECT 1 FROM ouhai.core_generation WHERE name = 'lucheng'").fetchone() is None
