"""The same flow on the oldest PostgreSQL we promise to work with."""

import subprocess
import sys

import pytest

from tests.operation.running import ROOT

pytestmark = pytest.mark.slow
FLOW = "tests/test_life_of_a_case.py"


def test_carries_a_case_from_report_to_closed(debian_postgres, environment):
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", FLOW],
        cwd=ROOT,
        env=environment | {"ONEGRID_DATABASE_URL": debian_postgres},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
