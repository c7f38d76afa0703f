"""`onegrid up`, on the good day and on the bad one."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from onegrid.core.processes import is_alive
from tests.operation.running import ROOT, Running, children_of, processes_of, wait_for

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("up"),
    pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at processes through /proc"),
]


def run_up(environment, *words):
    return subprocess.run(
        [sys.executable, "-m", "config.cli", "up", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture(scope="module")
def instances(home):
    """Those started so far. At the end the last one is stopped as by Ctrl-C, and must leave nothing."""
    started = []
    yield started
    code = started[-1].stop() if started and started[-1].process.poll() is None else 0
    left = processes_of(home)
    for instance in started:
        instance.end()
    assert (code, left) == (0, [])


@pytest.fixture
def up(instances, home, environment, free_port):
    """A running `onegrid up`, the same for all tests as long as it lives."""
    if not instances or instances[-1].process.poll() is not None:
        instances.append(Running(home, environment=environment, port=free_port()))
        instances[-1].until_ready()
    return instances[-1]


def test_says_when_everything_is_there(up, home):
    assert up.is_ready()
    assert up.probe("/healthz") == (200, "ok\n")
    assert (home / "secret_key").stat().st_mode & 0o777 == 0o600


def test_is_the_only_one_on_its_home(up, environment):
    done = run_up(environment, "--port", str(up.port))

    assert done.returncode == 1
    assert f"running on {up.home} already (process {up.process.pid})" in done.stderr


@pytest.mark.parametrize("words", ["config.wsgi", "config.live", "config.cli worker", "bin/postgres"])
def test_replaces_a_process_that_was_killed(up, words):
    victim = up.child(words)
    workers = children_of(victim)

    os.kill(victim, signal.SIGKILL)

    wait_for(lambda: up.has_replaced(victim, words) and up.is_ready(), seconds=40)
    assert not any(is_alive(worker) for worker in workers)


def test_starts_quickly_again_after_it_was_killed(up, instances, home, environment, free_port):
    up.process.kill()
    up.process.wait()
    wait_for(lambda: processes_of(home) == [])

    instances.append(Running(home, environment=environment, port=free_port()))
    instances[-1].until_ready()

    assert "Tables         up to date" in instances[-1].said()
    assert "ouhai, up to date" in instances[-1].said()


def test_says_so_when_the_port_is_taken(environment, home):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]

        done = run_up(environment | {"ONEGRID_HOME": str(home / "other")}, "--port", str(port))

    assert done.returncode == 1
    assert f"Cannot listen on 127.0.0.1:{port}" in done.stderr
    assert f"PORT={port + 1}" in done.stderr
