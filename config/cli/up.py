"""`onegrid up`: everything on one machine, from nothing to an address one can open."""

import json
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Annotated

import typer
from rich.table import Table

from config.cli import installation, relay, report, supervisor, web
from config.settings import environment as env
from onegrid.core.postgres.server import Server


def up(
    *,
    host: Annotated[str, typer.Option(envvar="HOST", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help="The port to listen on.")] = 8000,
    home: Annotated[Path | None, typer.Option(envvar="ONEGRID_HOME", help="Where everything is kept.")] = None,
) -> None:
    """Start everything: database, web, live updates and background work. Ctrl-C stops it all."""
    if home:
        os.environ["ONEGRID_HOME"] = str(home.expanduser().resolve())
    stopping = Event()
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, lambda *_: stopping.set())
    with installation.alone(installation.made_home()):
        installation.refuse_unfinished(installation.home())
        web.refuse_taken_port(host, port)
        os.environ["ONEGRID_LIVE_PORT"] = str(relay.choose_port(host, port))
        _allow(host)
        with _database() as server:
            sys.exit(_serve(server, host=host, port=port, stopping=stopping))


def _serve(server: Server | None, *, host: str, port: int, stopping: Event) -> int:
    if code := _prepare(stopping):
        return 0 if stopping.is_set() else code
    run_folder = installation.home() / "run" / "web"
    site = web.web_process(host=host, port=port, run_folder=run_folder)
    # Its database ends with us, so that it could not finish a job anyhow; `rescue_stalled_jobs` repeats that.
    worker = supervisor.Child("worker", _command("worker"), {}, orphaned=signal.SIGKILL)
    children = [site, worker, *_relays(host)]
    try:
        for child in children:
            child.start()
        with report.step("Web") as step:
            missing = web.wait_until_ready(site, address=(host, port), run_folder=run_folder, stopping=stopping)
            step.summary = f"{web.workers()} processes"
        if site.has_ended():
            return 1
        if not stopping.is_set():
            _announce(host, port, missing)
            children += _years()
            supervisor.watch(children, database=server, stopping=stopping)
    finally:
        supervisor.stop_all(children)
    report.console.print("Stopped.")
    return 0


def _relays(host: str) -> list[supervisor.Child]:
    if port := env.number("ONEGRID_LIVE_PORT", 0, least=0):
        return [relay.relay_process(host=host, port=port)]
    report.warning("No port is free for live updates; pages ask once a minute instead. Set ONEGRID_LIVE_PORT.")
    return []


def _years() -> list[supervisor.Child]:
    """Return the errand that gives a demonstration its simulated years, now that pages answer."""
    years = env.number("ONEGRID_DEMONSTRATION_YEARS", 1, least=0)
    if not years or not env.flag("ONEGRID_DEMONSTRATION", default=False):
        return []
    sharing = str(web.workers())  # each has a processor until pages want it
    command = [*_command("demo"), "--years", str(years), "--in-background", "--processes", sharing]
    return [supervisor.Child("demo", command, {}, is_errand=True)]


def _prepare(stopping: Event) -> int:
    child = supervisor.Child("prepare", _command("prepare"), {})
    child.start()
    while not child.has_ended():
        if stopping.wait(0.02):
            child.stop()
    assert child.process
    return child.process.returncode


@contextmanager
def _database() -> Iterator[Server | None]:
    if url := installation.external_url():
        installation.ensure_ready(url)
        os.environ.update(installation.environment(url))
        yield None
        return
    server = installation.server()
    try:
        server.start()
        installation.ensure_embedded_database()
        installation.ensure_ready(server.url)
        os.environ.update(installation.environment(server.url))
        yield server
    finally:
        server.stop()


def _command(name: str) -> list[str]:
    return [sys.executable, "-m", "config.cli", name]


def _allow(host: str) -> None:
    """Answer to the names one will use for what we listen on, unless the operator said which."""
    if "ONEGRID_ALLOWED_HOSTS" in os.environ:
        return
    names = ["localhost", "127.0.0.1", "[::1]"]
    if host in web.EVERYWHERE and env.flag("ONEGRID_DEMONSTRATION", default=False):
        names = ["*"]  # whoever shows a demonstration to others need not know all names of this machine
    elif host in web.EVERYWHERE:
        own = socket.gethostname()
        names += [own, *_addresses(own)]
    else:
        names.append(f"[{host}]" if ":" in host else host)
    os.environ["ONEGRID_ALLOWED_HOSTS"] = ",".join(dict.fromkeys(names))


def _addresses(name: str) -> list[str]:
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(name, None)}
    except OSError:
        return []
    return [f"[{address}]" if ":" in address else address for address in sorted(found)]


def _announce(host: str, port: int, missing: dict[str, str]) -> None:
    for name, reason in missing.items():
        report.warning(f"{name}: {reason}")
    shown = web.local_address(host)
    name = "localhost" if shown == "127.0.0.1" else f"[{shown}]" if ":" in shown else shown
    report.console.print(f"\n  OneGrid is ready: [bold]http://{name}:{port}/[/bold]   (Ctrl-C stops it)\n")
    _introduce()


def _introduce() -> None:
    """Say with whom a demonstration can be tried."""
    notes = installation.demonstration_notes()
    if not notes.exists():
        return
    said = json.loads(notes.read_text(encoding="utf8"))
    table = Table(box=None, padding=(0, 3, 0, 2))
    for title in ("Sign in as", "Role", "Unit"):
        table.add_column(title)
    for account in said["accounts"]:
        table.add_row(account["username"], account["role"], account["unit"])
    report.console.print(table)
    report.console.print(f"\n  The password of all of them: [bold]{said['password']}[/bold], at /account/login/\n")
