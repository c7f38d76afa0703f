"""`onegrid web` and `onegrid worker`, each by itself on a PostgreSQL of one's own, as a service manager runs them."""

import json
import os
import signal
import subprocess
import sys
from http.client import HTTPConnection, HTTPException

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.operation.running import ROOT, children_of, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("processes")]
TOKEN = "a-token-for-the-one-who-watches"  # noqa: S105


@pytest.fixture(scope="module")
def own(on_servers):
    """The settings of an installation that is watched."""
    return on_servers | {"ONEGRID_METRICS_TOKEN": TOKEN, "ONEGRID_ACCESS_LOG": "yes"}


@pytest.fixture(scope="module")
def port(free_port):
    return free_port()


@pytest.fixture(scope="module")
def log(home):
    return home / "web.log"


@pytest.fixture(scope="module")
def web(own, home, port, log):
    """Both processes, started and ready; they end with SIGTERM and code 0."""
    subprocess.run([sys.executable, "-m", "config.cli", "prepare"], cwd=ROOT, env=own, check=True, capture_output=True)
    with log.open("wb") as file:
        words = (["web", "--port", str(port)], ["worker"])
        processes = [
            subprocess.Popen([sys.executable, "-m", "config.cli", *word], cwd=ROOT, env=own, stdout=file, stderr=file)
            for word in words
        ]
    try:
        wait_for(lambda: asked(port, "/readyz")[0] == 200, seconds=90)
        yield processes[0]
        for process in processes:
            process.send_signal(signal.SIGTERM)
        assert [process.wait(30) for process in processes] == [0, 0]
    finally:
        for process in processes:
            process.kill()
            process.wait()


def asked(port, path, **headers):
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response.status, response.read().decode()
    except (OSError, HTTPException):
        return None, ""
    finally:
        connection.close()


def figure(port, name, **labels):
    families = text_string_to_metric_families(asked(port, "/metrics")[1])
    samples = (sample for family in families for sample in family.samples)
    return sum(s.value for s in samples if s.name == name and labels.items() <= s.labels.items())


def test_figures_add_up_over_all_processes_and_outlive_them(web, port):
    for _ in range(40):
        assert asked(port, "/track/")[0] == 200

    seen = {figure(port, "onegrid_requests_total", view="portal:track") for _ in range(10)}
    assert seen == {40}

    victim = children_of(web.pid)[0]
    os.kill(victim, signal.SIGKILL)
    wait_for(lambda: asked(port, "/healthz")[0] == 200 and victim not in children_of(web.pid))
    assert figure(port, "onegrid_requests_total", view="portal:track") == 40
    assert figure(port, "onegrid_workers") == 1


def test_connections_are_counted_where_they_end(web, port):
    assert figure(port, "onegrid_database_connections", state="busy") >= 1
    assert figure(port, "onegrid_database_connections", state="most") >= 100


def test_figures_are_closed_to_what_comes_through_a_proxy(web, port):
    assert asked(port, "/metrics", X_Forwarded_For="10.0.0.7")[0] == 401
    assert asked(port, "/metrics", X_Forwarded_For="10.0.0.7", Authorization=f"Bearer {TOKEN}")[0] == 200


def test_each_request_leaves_a_line_without_its_address(web, port, log):
    asked(port, "/t/s3cret-of-a-private-link/")

    wait_for(lambda: "portal:private" in log.read_text())
    text = log.read_text()
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    assert "s3cret" not in text
    assert {line["event"] for line in lines if line["logger"] == "onegrid.access"} == {"request"}


def test_the_doctor_finds_both_alive(web, own):
    done = subprocess.run(
        [sys.executable, "-m", "config.cli", "doctor"], cwd=ROOT, env=own, check=False, capture_output=True, text=True
    )

    assert "✓ Worker           in order" in done.stdout
    assert "✗ Backup" in done.stdout  # nobody has made one
    assert done.returncode == 1


def test_web_says_that_it_needs_a_database_of_ones_own(environment, home):
    done = subprocess.run(
        [sys.executable, "-m", "config.cli", "web"],
        cwd=ROOT,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 1
    assert "needs a server in ONEGRID_DATABASE_URL" in done.stderr
