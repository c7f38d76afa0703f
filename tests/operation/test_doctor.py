"""`onegrid doctor` names what is wrong and how to mend it."""

import os
import subprocess
import sys

import pytest

from config.diagnosis import machine, service
from tests.operation.running import ROOT


@pytest.fixture
def diagnosed(tmp_path):
    """Run the doctor, or another command, on a home where nothing was started yet."""

    def run(*words, **settings):
        environment = {"PATH": os.environ["PATH"], "ONEGRID_HOME": str(tmp_path), **settings}
        return subprocess.run(
            [sys.executable, "-m", "config.cli", *(words or ["doctor"])],
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


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ONEGRID_DATABASE_URL", "hello", "ONEGRID_DATABASE_URL is no address"),
        ("ONEGRID_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/x", "cannot be reached"),
        ("ONEGRID_POSTGRES_BIN", "/nowhere", "No PostgreSQL 15 or newer was found in /nowhere"),
        ("ONEGRID_WEB_WORKERS", "0", "ONEGRID_WEB_WORKERS must be a whole number from 1 on"),
    ],
)
def test_names_the_setting_that_is_wrong(name, value, said, diagnosed):
    done = diagnosed(**{name: value})

    assert (done.returncode, done.stderr) == (1, "")
    assert said in " ".join(done.stdout.split())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ONEGRID_SCHEMA", "A-b"),
        ("ONEGRID_TIME_ZONE", "Mars/Olympus"),
        ("ONEGRID_DEMONSTRATION", "perhaps"),
        ("ONEGRID_DATABASE_CONNECTIONS", "x"),
        ("ONEGRID_UPLOAD_LIMIT_MB", "0"),
    ],
)
def test_every_command_names_the_setting_that_is_wrong(name, value, diagnosed):
    done = diagnosed("pack", "--help", **{name: value})

    assert done.returncode == 1
    assert done.stderr.startswith(name)
    assert "Traceback" not in done.stderr


def test_names_a_setting_that_stops_it_too(diagnosed):
    done = diagnosed(ONEGRID_WEB_THREADS="many")

    assert (done.returncode, done.stderr.startswith("ONEGRID_WEB_THREADS must be")) == (1, True)


def test_names_a_home_that_cannot_be_made(diagnosed):
    done = diagnosed("pack", "--help", ONEGRID_HOME="/proc/onegrid")

    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "choose an ONEGRID_HOME" in done.stderr


def test_notices_a_pack_that_cannot_be_loaded(settings, tmp_path):
    settings.PACK = tmp_path / "gone"

    assert "There is no such folder." in service.pack_files().mend


def test_finds_no_fault_with_the_pack_we_ship():
    assert service.pack_files().mend == ""


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
