"""The processes of one installation, kept running until we are told to stop."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event

from config.cli import report
from onegrid.core.postgres.server import Server
from onegrid.core.processes import ends_with_us

LOOK = 0.25  # seconds between two looks at the processes
STEADY = 30  # seconds after which a process counts as running well
LONGEST_PAUSE = 30  # seconds before a process that keeps ending is tried again
GRACE = 20  # seconds a process gets to finish what it is doing


@dataclass
class Child:
    """One process of ours, in a process group of its own."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    orphaned: signal.Signals = signal.SIGTERM  # what it gets when we are killed
    is_errand: bool = False  # done once it has ended well
    process: subprocess.Popen[bytes] | None = None
    failures: int = 0
    started_at: float = field(default=0, init=False)
    due_at: float = field(default=0, init=False)

    def start(self) -> None:
        """Start it; call this from the main thread, with whose end it ends."""
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches us alone, and we stop things in order
            preexec_fn=ends_with_us(self.orphaned),  # noqa: PLW1509  # only system calls
        )

    def has_ended(self) -> bool:
        """Tell whether it was started and is no longer there."""
        return self.process is not None and self.process.poll() is not None

    def ask_to_stop(self) -> None:
        """Ask it to finish what it is doing."""
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def stop(self, *, seconds: float = GRACE) -> None:
        """Stop it and whatever it started."""
        if not self.process:
            return
        self.ask_to_stop()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        self.sweep()
        self.process.wait()

    def sweep(self) -> None:
        """End every process that is left of its group, such as the workers of a killed web server."""
        if self.process:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def restart_if_ended(self, now: float) -> None:
        """Start it again if it has ended, later and later if that goes on."""
        if self.process and self.has_ended():
            code = self.process.returncode
            if self.is_errand and not code:
                return
            self.sweep()
            self.failures = 0 if now - self.started_at > STEADY else self.failures + 1
            pause = min(LONGEST_PAUSE, 2**self.failures if self.failures > 1 else 0)
            self.process, self.due_at = None, now + pause
            report.warning(f"The {self.name} process ended ({_reason(code)}) and is started again.")
        if self.process is None and now >= self.due_at:
            self.start()


def watch(children: Sequence[Child], *, database: Server | None, stopping: Event) -> None:
    """Keep everything running until `stopping` is set."""
    while not stopping.wait(LOOK):
        if database and database.pid is None:
            report.warning("The database ended and is started again.")
            database.start()
        for child in children:
            child.restart_if_ended(time.monotonic())


def stop_all(children: Sequence[Child]) -> None:
    """Stop every process, all at the same time."""
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + GRACE
    for child in children:
        child.stop(seconds=max(0.1, deadline - time.monotonic()))


def _reason(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"
