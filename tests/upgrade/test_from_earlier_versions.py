"""The data of every version that was ever frozen, brought back and migrated to what there is now."""

import json
import subprocess
import sys

import pytest

from tests.operation.conftest import environment, home  # noqa: F401  # fixtures
from tests.operation.running import ROOT
from tests.upgrade.freeze import LARGEST, frozen, thawed

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("upgrade")]

LOOK = """
import json
from config.cli import installation
with installation.opened():
    from django.db.migrations.executor import MigrationExecutor
    from django.db import connection
    from onegrid.cases.public import Case, TimelineEntry, timeline_of
    from onegrid.core import files, readiness
    executor = MigrationExecutor(connection)
    print(json.dumps({
        "missing": len(executor.migration_plan(executor.loader.graph.leaf_nodes())),
        "cases": Case.objects.count(),
        "silent": [case.number for case in Case.objects.all() if not timeline_of(case).rows],
        "entries": TimelineEntry.objects.count(),
        "lost": [sha256 for sha256 in files.named() if not files.exists(sha256)],
        "reasons": {
            name: why for name, why in readiness.reasons().items() if why and name not in ("worker", "queue", "relay")
        },
    }))
"""


def run(words, environment):  # noqa: F811
    done = subprocess.run(
        [sys.executable, *map(str, words)], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module", params=frozen(), ids=lambda file: file.name.removesuffix(".tar.xz"))
def upgraded(request, home, environment, tmp_path_factory):  # noqa: F811
    """An installation of today with the data of then: its environment, and what the backup says was in it."""
    backup = thawed(request.param, tmp_path_factory.mktemp("frozen"))
    mine = environment | {"ONEGRID_HOME": str(home / request.param.name.removesuffix(".tar.xz"))}
    run(["-m", "config.cli", "restore", backup], mine)
    manifest = json.loads((backup / "manifest.json").read_text())
    return mine, {table["name"]: table["rows"] for table in manifest["tables"]}


def test_every_case_is_there_with_its_timeline_and_its_files(upgraded):
    mine, rows = upgraded

    found = json.loads(run(["-c", LOOK], mine))

    assert (found["cases"], found["entries"]) == (rows["cases_case"], rows["cases_timelineentry"])
    assert (found["missing"], found["silent"], found["lost"], found["reasons"]) == (0, [], [], {})


def test_the_audit_trail_holds(upgraded):
    mine, rows = upgraded

    report = json.loads(run(["-m", "config.cli", "audit", "verify", "--json"], mine))

    assert report["whole"]
    assert report["sealed"] + report["unsealed"] >= rows["oversight_entry"]
    assert report["sealed"] > 0


def test_the_counters_of_the_map_agree_with_the_cases(upgraded):
    mine, _ = upgraded

    run(["-m", "config.cli", "cases", "counters", "--check"], mine)


def test_what_is_loaded_with_the_code_goes_on_top(upgraded):
    mine, _ = upgraded

    said = run(["-m", "config.cli", "prepare"], mine)

    assert "Tables         up to date" in said


def test_a_frozen_file_is_small():
    sizes = [file.stat().st_size for file in frozen()]

    assert sizes
    assert max(sizes) < LARGEST


def test_holds_no_private_key(tmp_path):
    names = {path.name for file in frozen() for path in thawed(file, tmp_path / file.name).rglob("*")}

    assert not names & {"secret_key", "audit.key"}
