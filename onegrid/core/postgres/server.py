"""One embedded server: made, started, watched and stopped. `running` is the way to use it."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import quote

from onegrid.core.postgres import tuning
from onegrid.core.postgres.account import Account
from onegrid.core.postgres.errors import AlreadyInUseError, PostgresError
from onegrid.core.postgres.folders import SHELTER, Folders, folders_of, prepare_folders
from onegrid.core.postgres.leftovers import clear_leftovers
from onegrid.core.postgres.programs import Programs, find_programs, within_reach

SUPERUSER = "onegrid"
PAUSE = 0.02  # seconds between two looks at a starting server
PATIENCE = 600  # seconds for a start; recovery after a crash may take a while
ATTEMPTS = 60  # backends of a killed server may hold on for some seconds


class Server:
    """
    The database server of one home.

    Its data is in `home/postgres`, it listens on a Unix socket only, and only the
    user it runs as (and root) can reach that.
    """

    def __init__(self, home: Path, *, programs: Path | None = None, durable: bool = True) -> None:
        self.home = home
        self.shelter = SHELTER
        self._chosen = programs
        self._durable = durable
        self._lock: IO[str] | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address of the database `onegrid` in this server."""
        return url_of(self.home, database="onegrid")

    @property
    def pid(self) -> int | None:
        """The server's process while it lives."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def start(self) -> None:
        """
        Start the server, making its data first if there is none; return when it accepts connections.

        :raises AlreadyInUseError: if another process keeps it running.
        :raises PostgresError: if it cannot be started; the text holds what it said.
        """
        if self.pid:
            return
        self._lock = self._lock or _lock(self.home)
        try:
            self._start()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End every connection and stop the server, the hard way if it must be."""
        if self._process:
            for sign, patience in ((signal.SIGINT, 60), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
                if self._ended(sign, patience=patience):
                    break
            self._process = None
        if self._lock:
            self._lock.close()
            self._lock = None

    def _start(self) -> None:
        folders, account = prepare_folders(self.home, shelter=self.shelter)
        programs = find_programs(chosen=self._chosen, data_major=folders.data_major)
        programs = within_reach(programs, account=account, shelter=self.shelter)
        if folders.data_major is None:
            _make_data(folders, programs=programs, account=account)
        chosen = tuning.settings(ram=tuning.memory(), processors=os.cpu_count() or 1, durable=self._durable)
        tuning.write_settings(folders.data / "onegrid.conf", chosen)
        clear_leftovers(folders, programs=programs, account=account)
        for attempt in range(1, ATTEMPTS + 1):
            said = self._try_start(folders, programs=programs, account=account)
            if said is None:
                return
            if "pre-existing shared memory" not in said or attempt == ATTEMPTS:
                message = f"The database did not start. It said:\n{said}"
                raise PostgresError(message)
            time.sleep(0.25)

    def _try_start(self, folders: Folders, *, programs: Programs, account: Account) -> str | None:
        """Start once and wait; return None when it is ready, else what it said."""
        log = folders.root / "start.log"
        command: list[str | Path] = [programs.path("postgres"), "-D", folders.data]
        for setting in ("listen_addresses=", "port=5432", f"unix_socket_directories={folders.socket}"):
            command += ["-c", setting]
        with log.open("wb") as file:
            self._process = account.spawn(command, log=file)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if _is_ready(folders.data, self._process.pid):
                return None
            if self._process.poll() is not None:
                break
            time.sleep(PAUSE)
        return log.read_text(encoding="utf8", errors="replace").strip() or "nothing"

    def _ended(self, sign: signal.Signals, *, patience: float) -> bool:
        assert self._process
        self._process.send_signal(sign)  # does nothing to a process that has ended
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            return False
        return True


def url_of(home: Path, *, database: str) -> str:
    """Return the address of a database in the server of this home."""
    return f"postgresql://{SUPERUSER}@/{database}?host={quote(str(folders_of(home).socket), safe='')}&port=5432"


@contextmanager
def running(home: Path, *, programs: Path | None = None) -> Iterator[str]:
    """Give the address of this home's database, started for as long as this lasts unless somebody runs it already."""
    server = Server(home, programs=programs)
    try:
        server.start()
    except AlreadyInUseError:
        yield server.url
        return
    try:
        yield server.url
    finally:
        server.stop()


def _lock(home: Path) -> IO[str]:
    home.mkdir(parents=True, exist_ok=True)
    file = (home / "postgres.lock").open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        message = f"Another process keeps the database in {home} running."
        raise AlreadyInUseError(message) from None
    return file


def _make_data(folders: Folders, *, programs: Programs, account: Account) -> None:
    draft = folders.root / "draft"  # whatever interrupts us, `data` is whole or absent
    shutil.rmtree(draft, ignore_errors=True)
    locale = "C.UTF-8" if sys.platform.startswith("linux") else "en_US.UTF-8"
    # The locale must know Chinese letters: with plain C, no text index does.
    command: list[str | Path] = [programs.path("initdb"), "-D", draft, "-U", SUPERUSER, "--data-checksums"]
    made = account.run([*command, "--auth=trust", "--encoding=UTF8", f"--locale={locale}", "--no-instructions"])
    if made.returncode:
        said = f"{made.stdout}{made.stderr}".strip()
        hint = f"\nGive user number {account.uid} a name in /etc/passwd." if "effective user ID" in said else ""
        message = f"The database's folder could not be prepared. initdb said:\n{said}{hint}"
        raise PostgresError(message)
    with (draft / "postgresql.conf").open("a", encoding="ascii") as file:
        file.write("\ninclude_if_exists = 'onegrid.conf'\n")
    draft.rename(folders.data)


def _is_ready(data: Path, pid: int) -> bool:
    note = data / "postmaster.pid"
    lines = note.read_text(encoding="utf8").splitlines() if note.exists() else []
    # The eighth line is the state; the first says whose note it is.
    return lines[:1] == [str(pid)] and [state.strip() for state in lines[7:8]] == ["ready"]
