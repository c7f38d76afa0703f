"""
`onegrid web`, and the same as a child of `onegrid up`: how the web server is started, and when it is ready.

Where a machine's service manager or a container keeps it running, it takes the
place of the command, so that signals reach it; database and worker are elsewhere.
"""

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
from typing import Annotated

import typer

from config.cli import installation
from config.cli.supervisor import Child
from config.settings import environment as env
from config.settings import web as limits
from onegrid.core.postgres import tuning
from onegrid.core.postgres.databases import wait_for
from onegrid.core.postgres.errors import PostgresError
from onegrid.core.processes import is_alive

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # where the figures of all processes are added up, as `core.metrics` reads it

WORKER_MEMORY = 256 * 1024 * 1024  # bytes we reckon with for one worker
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104  # read, not bound


class PortTakenError(PostgresError):
    """Somebody else listens where we should."""


def web(
    *,
    host: Annotated[str, typer.Option(envvar="HOST", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help="The port to listen on.")] = 8000,
) -> None:
    """
    Serve people until told to stop, as `up` does in processes of its own.

    For machines with a PostgreSQL of their own: needs ONEGRID_DATABASE_URL, and
    `onegrid prepare` once before.

    :raises PostgresError: if there is no such database; the text says what to do.
    """
    url = installation.external_url()
    if not url:
        message = "`onegrid web` needs a server in ONEGRID_DATABASE_URL. With the embedded one, use `onegrid up`."
        raise PostgresError(message)
    installation.refuse_unfinished(installation.home())
    refuse_taken_port(host, port)
    wait_for(url)
    installation.ensure_ready(url)
    run_folder = installation.home() / "run" / f"web-{socket.gethostname()}-{port}"
    child = web_process(host=host, port=port, run_folder=run_folder)
    surroundings = {**os.environ, **installation.environment(url), **child.environment}
    os.execve(child.command[0], list(child.command), surroundings)  # noqa: S606  # signals are to reach the server itself


def refuse_taken_port(host: str, port: int) -> None:
    """
    Try the address before anything else is done.

    :raises PortTakenError: if we cannot listen there; the text says what to do.
    """
    if error := why_not_listen(host, port):
        message = f"Cannot listen on {host}:{port}: {error.strerror}. Choose another, such as: make run PORT={port + 1}"
        raise PortTakenError(message) from error


def why_not_listen(host: str, port: int) -> OSError | None:
    """Return why nobody of ours can listen there."""
    try:
        family, kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with closing(socket.socket(family, kind)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        return error
    return None


def workers() -> int:
    """Return how many web processes there are: one for each processor, as far as the memory goes."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return env.number("ONEGRID_WEB_WORKERS", max(1, min(processors, tuning.memory() // WORKER_MEMORY)))


def web_process(*, host: str, port: int, run_folder: Path) -> Child:
    """Return the web server, not started."""
    figures = run_folder.with_name(f"{run_folder.name}-figures")
    for folder in (run_folder, figures):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    threads = limits.HANDS + limits.WAITING + limits.TO_TURN_AWAY
    command += ["--workers", str(workers()), "--blocking-threads", str(threads)]
    command += ["--respawn-failed-workers", "--respawn-interval", "0.1", "--workers-kill-timeout", "15"]
    command += ["--no-ws", "--no-access-log"]  # private links are secrets, and would stand in that log
    command += ["--log-level", "error", "config.wsgi:application"]
    return Child("web", command, {"ONEGRID_RUN_FOLDER": str(run_folder), FOLDER: str(figures)})


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
    return {} if body["ready"] else {name: reason for name, reason in body["checks"].items() if reason != "ok"}
