"""A rush ten times too large at every way in, and one source that floods: a small run of the benchmark, as it is."""

import subprocess
import sys

import pytest

from tests.operation.running import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("up")]


def test_a_rush_sheds_early_loses_and_doubles_nothing_and_a_flood_leaves_the_others_in(environment):
    command = [sys.executable, "-m", "benchmarks", "--spikes", "--cases", "100", "--seconds", "1"]

    done = subprocess.run(
        command, check=False, cwd=ROOT, env=environment | {"ONEGRID_ACCESS_LOG": "no"}, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    assert done.stdout.count("must:") == 4
