"""`onegrid relay`: tell open pages what has changed, until told to stop."""

import resource
import signal
import sys
from contextlib import suppress
from threading import Event
from typing import Annotated

import typer

from config.cli import supervisor, web
from config.cli.supervisor import Child
from config.settings import environment as env

NEXT = 20  # ports that are tried after the site's own
PAGES = 8192  # connections at the same time; the relay itself refuses pages earlier, and says so
DEFAULT_PORT = 8001


def relay(
    *,
    host: Annotated[str, typer.Option(envvar="HOST", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(envvar="ONEGRID_LIVE_PORT", min=1, max=65535, help="The port to listen on.")
    ] = DEFAULT_PORT,
) -> None:
    """Tell open pages what has changed, until told to stop. One for an installation is enough."""
    web.refuse_taken_port(host, port)
    stopping = Event()
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, lambda *_: stopping.set())
    children = [relay_process(host=host, port=port)]
    supervisor.watch(children, database=None, stopping=stopping)
    supervisor.stop_all(children)


def relay_process(*, host: str, port: int) -> Child:
    """Return the relay, not started."""
    allow_many_connections()
    return Child("relay", _command(host, port), {})


def choose_port(host: str, site: int) -> int:
    """
    Return the port for live updates: the one that was asked for, else the first free one after the site's, else 0.

    :raises PortTakenError: if the one that was asked for is taken.
    """
    if asked := env.number("ONEGRID_LIVE_PORT", 0, least=0):
        web.refuse_taken_port(host, asked)
        return asked
    free = (port for port in range(site + 1, min(site + NEXT, 65535) + 1) if web.why_not_listen(host, port) is None)
    return next(free, 0)


def allow_many_connections() -> None:
    """Let this process and its children hold as many files open as the system allows us."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 65536)), hard))


def _command(host: str, port: int) -> list[str]:
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--host", host, "--port", str(port)]
    command += ["--workers", "1", "--backlog", str(PAGES), "--backpressure", str(PAGES), "--http", "1", "--no-ws"]
    command += ["--respawn-failed-workers", "--respawn-interval", "0.1", "--workers-kill-timeout", "2"]
    # Tickets stand in the addresses, and would stand in that log.
    return [*command, "--no-access-log", "--log-level", "error", "config.live:application"]
