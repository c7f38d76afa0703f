"""An installation of its own for one run: embedded database with production's settings, pack loaded, web started."""

import os
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from config.cli import installation, supervisor, web

HOST = "127.0.0.1"
_OURS = ("ONEGRID_DATABASE_URL", "ONEGRID_SECRET_KEY", "ONEGRID_SCHEMA", "ONEGRID_DEMONSTRATION", "ONEGRID_PACK")


@contextmanager
def database(kept_in: Path | None = None) -> Iterator[str]:
    """Give the address of a durable database, and Django on top of it, in a home that stays or in a temporary one."""
    home = kept_in.resolve() if kept_in else Path(tempfile.mkdtemp(prefix="onegrid-bench-"))
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o755)  # as root, the database runs as somebody else
    for name in _OURS:
        os.environ.pop(name, None)
    os.environ |= {"ONEGRID_HOME": str(home), "DJANGO_SETTINGS_MODULE": "config.settings.production"}
    os.environ["ONEGRID_BEHIND_TLS"] = "yes"  # so that the load can say, as the proxy does, from where a caller comes
    server = installation.server()
    try:
        server.start()
        installation.ensure_embedded_database()
        installation.ensure_ready(server.url)
        installation.load_django(url=server.url)
        yield server.url
    finally:
        server.stop()
        if not kept_in:
            shutil.rmtree((home / "postgres").resolve(), ignore_errors=True)
            shutil.rmtree(home, ignore_errors=True)


@dataclass(frozen=True)
class Site:
    """A running web server."""

    port: int
    pid: int

    def processor_time(self) -> float:
        """Return how many ms of processor time its processes have used so far, or nothing where nobody counts it."""
        return sum(_ticks(pid) for pid in self._pids()) / os.sysconf("SC_CLK_TCK") * 1000

    def memory(self) -> float:
        """Return how many MB its processes hold by themselves, or nothing where nobody counts it."""
        found = (_private(Path(f"/proc/{pid}/smaps_rollup")) for pid in self._pids())
        return sum(found) / 1024

    def _pids(self) -> list[str]:
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        return [str(self.pid), *children.read_text().split()] if children.exists() else []


@contextmanager
def site() -> Iterator[Site]:
    """
    Start web and background work as `onegrid up` does, and give the site once everything is ready.

    :raises RuntimeError: if it does not get ready; the text says what is missing.
    """
    port, run_folder = free_port(), installation.home() / "run" / "web"
    served = web.web_process(host=HOST, port=port, run_folder=run_folder)
    worker = supervisor.Child("worker", [sys.executable, "-m", "config.cli", "worker"], {}, orphaned=signal.SIGKILL)
    try:
        for child in (served, worker):
            child.start()
        missing = web.wait_until_ready(served, address=(HOST, port), run_folder=run_folder, stopping=Event())
        if missing:
            message = f"The web server is not ready: {missing}"
            raise RuntimeError(message)
        assert served.process
        yield Site(port, served.process.pid)
    finally:
        supervisor.stop_all([served, worker])


def _ticks(pid: str) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])  # utime and stime; the list begins after the name, with the third


def _private(file: Path) -> int:
    """Return kB that no other process shares."""
    lines = file.read_text(encoding="ascii").splitlines() if file.exists() else []
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
