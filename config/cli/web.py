"""The web server as a process: how it is started, and when it is ready."""

import json
import os
import shutil
import socket
import sys
import time
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event

from config.cli.supervisor import Child
from config.settings import environment as env
from config.settings import web as limits
from onegrid.core.postgres import tuning
from onegrid.core.postgres.errors import PostgresError
from onegrid.core.processes import is_alive

WORKER_MEMORY = 256 * 1024 * 1024  # bytes we reckon with for one worker
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104  # read, not bound


class PortTakenError(PostgresError):
    """Somebody else listens where we should."""


def refuse_taken_port(host: str, port: int) -> None:
    """
    Try the address before anything else is done.

    :raises PortTakenError: if we cannot listen there; the text says what to do.
    """
    try:
        family, kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with closing(socket.socket(family, kind)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        message = f"Cannot listen on {host}:{port}: {error.strerror}. Choose another, such as: make run PORT={port + 1}"
        raise PortTakenError(message) from error


def workers() -> int:
    """Return how many web processes there are: one for each processor, as far as the memory goes."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return env.number("ONEGRID_WEB_WORKERS", max(1, min(processors, tuning.memory() // WORKER_MEMORY)))


def web_process(*, host: str, port: int, run_folder: Path) -> Child:
    """Return the web server, not started."""
    shutil.rmtree(run_folder, ignore_errors=True)
    run_folder.mkdir(parents=True)
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    threads = limits.HANDS + limits.WAITING + limits.TO_TURN_AWAY
    command += ["--workers", str(workers()), "--blocking-threads", str(threads)]
    command += ["--respawn-failed-workers", "--respawn-interval", "0.1", "--workers-kill-timeout", "15"]
    command += ["--no-ws", "--no-access-log"]  # private links are secrets, and would stand in that log
    command += ["--log-level", "error", "config.wsgi:application"]
    return Child("web", command, {"ONEGRID_RUN_FOLDER": str(run_folder)})


def loaded_workers(run_folder: Path) -> int:
    """Count the web processes that have loaded the application; each leaves a file named by its number."""
    return sum(is_alive(int(file.name)) for file in run_folder.iterdir())


def wait_until_ready(
    child: Child, *, address: tuple[str, int], run_folder: Path, stopping: Event, seconds: float = 120
) -> dict[str, str]:
    """Wait until every worker has loaded and nothing is missing; return what is, if that takes too long."""
    deadline = time.monotonic() + seconds
    missing = {"web": "the web processes have not loaded"}
    while time.monotonic() < deadline and not stopping.wait(0.05):
        if child.has_ended():
            return {"web": "the web process ended; what it said stands above"}
        if loaded_workers(run_folder) >= workers():
            missing = _missing(*address)
            if not missing:
                break
    return missing


def local_address(host: str) -> str:
    """Return an address at which this machine reaches what listens on the host."""
    return EVERYWHERE.get(host, host)


def _missing(host: str, port: int) -> dict[str, str]:
    try:
        with closing(HTTPConnection(local_address(host), port, timeout=5)) as connection:
            connection.request("GET", "/readyz", headers={"Host": "localhost"})
            response = connection.getresponse()
            body = json.loads(response.read())
    except (OSError, HTTPException, ValueError) as error:
        return {"web": f"no answer yet ({type(error).__name__})"}
    return {name: reason for name, reason in body["checks"].items() if reason != "ok"}
