"""`onegrid doctor` names what is wrong and how to mend it."""

import os
import subprocess
import sys

import pytest

from config.diagnosis import machine
from tests.operation.running import ROOT


@pytest.fixture
def diagnosed(tmp_path):
    """Run the doctor on a home where nothing was started yet."""

    def run():
        environment = {"PATH": os.environ["PATH"], "ONEGRID_HOME": str(tmp_path)}
        return subprocess.run(
            [sys.executable, "-m", "config.cli", "doctor"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_finds_nothing_wrong_before_the_first_start(diagnosed):
    done = diagnosed()

    assert (done.returncode, "Nothing is wrong." in done.stdout) == (0, True), done.stdout + done.stderr


def test_fails_on_a_key_that_others_can_read(diagnosed, tmp_path):
    (tmp_path / "secret_key").write_text("not secret")
    (tmp_path / "secret_key").chmod(0o644)

    done = diagnosed()

    assert done.returncode == 1
    assert f"chmod 600 {tmp_path / 'secret_key'}" in done.stdout.replace("\n", "")


def test_notices_a_clock_that_was_set_back(tmp_path):
    file = tmp_path / "up.lock"
    file.touch()
    os.utime(file, (2**32, 2**32))

    assert "Set the clock" in machine.clock(tmp_path).mend


def test_notices_a_database_of_somebody_else(tmp_path):
    (tmp_path / "postgres").mkdir()
    if os.geteuid() == 0:
        os.chown(tmp_path / "postgres", 12345, 12345)
        assert machine.database_owner(tmp_path).mend == ""  # root becomes whoever owns it
    else:
        assert machine.database_owner(tmp_path).said.endswith(f"as user {machine.account_for(tmp_path).name}")


@pytest.mark.parametrize("check", machine.CHECKS, ids=lambda check: check.__name__)
def test_each_check_says_something(check, tmp_path):
    finding = check(tmp_path)

    assert finding.title
    assert finding.said
