"""
The cold start of a demonstration: from an empty home to the first page, and pages while its year is loading.

It is what `make run` does once the packages are installed: `onegrid up` with nothing there yet, in a process of its
own. What it says is read line by line; strangers' pages are asked for from then on, until the year is there.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from benchmarks.installation import HOST, free_port
from benchmarks.load import Browser, percentile, request
from benchmarks.rows import Row, shown

PAGES = ("/welcome/", "/nearby/", "/statistics/", "/account/login/")
PAUSE = 0.1  # seconds between two looks
PATIENCE = 1800  # seconds for all of it
OK = 200
_STEP = re.compile(r"^✓ (\w[\w ]*?)  +", re.MULTILINE)
_OF_OTHERS = ("ONEGRID_", "DJANGO_")


@dataclass
class Start:
    """What was seen of one start: seconds, what was said, and how pages answered while the year was loading."""

    first_page: float = 0
    whole: float = 0
    steps: list[str] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    failed: int = 0

    @property
    def is_told_step_by_step(self) -> bool:
        """Whether every step has one line, and several came before the first page."""
        return len(self.steps) == len(set(self.steps)) and len(self.steps) > len(PAGES)


def measure() -> Row:
    """
    Return the table's row.

    :raises RuntimeError: if it ends, or takes longer than anybody has patience; the text holds what it said.
    """
    home, port = Path(tempfile.mkdtemp(prefix="onegrid-cold-")), free_port()
    home.chmod(0o755)  # as root, the database runs as somebody else
    try:
        with _started(home, port) as (process, said):
            found = _watched(process, said, port)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return Row(
        work="cold start of a demonstration, with its year",
        ours=(
            f"first page after {found.first_page:.0f} s, {len(found.steps)} steps with a line each;"
            f" year loaded after {found.whole:.0f} s; meanwhile {len(found.milliseconds)} pages,"
            f" p50 {shown(percentile(found.milliseconds, 0.5))}, p99 {shown(percentile(found.milliseconds, 0.99))},"
            f" {found.failed} without an answer"
        ),
        floor="",
        ratio="",
        must="one line per step, pages answer while the year is loading",
        holds=found.is_told_step_by_step and bool(found.milliseconds) and not found.failed,
    )


@contextmanager
def _started(home: Path, port: int) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(_OF_OTHERS)}
    own |= {"ONEGRID_HOME": str(home), "ONEGRID_DEMONSTRATION": "1", "PORT": str(port), "PYTHONUNBUFFERED": "1"}
    said = home / "said.txt"
    command = [sys.executable, "-m", "config.cli", "up", "--host", HOST]
    with said.open("wb") as file:
        process = subprocess.Popen(command, env=own, stdout=file, stderr=file, start_new_session=True)  # noqa: S603
    try:
        yield process, said
    finally:
        process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(60)
        process.kill()


def _watched(process: subprocess.Popen[bytes], said: Path, port: int) -> Start:
    found, began, pages = Start(), time.monotonic(), cycle(PAGES)
    browser = Browser(port)
    while "Year" not in found.steps:
        if process.poll() is not None or time.monotonic() - began > PATIENCE:
            raise RuntimeError(said.read_text(encoding="utf8")[-2000:])
        time.sleep(PAUSE)
        found.steps = _STEP.findall(said.read_text(encoding="utf8"))
        asked = time.perf_counter()
        try:
            status = browser.ask(request("GET", next(pages), headers={"Accept-Encoding": "gzip"})).status
        except OSError:
            status = 0
        if status == OK and not found.first_page:
            found.first_page = time.monotonic() - began
        elif status == OK:
            found.milliseconds.append((time.perf_counter() - asked) * 1000)
        elif found.first_page:
            found.failed += 1
    found.whole = time.monotonic() - began
    browser.close()
    return found
