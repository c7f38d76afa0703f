"""What a server that did not end properly leaves behind, and how to be rid of it."""

import os
import subprocess
from pathlib import Path

from onegrid.core.postgres.account import Account
from onegrid.core.postgres.errors import PostgresError
from onegrid.core.postgres.folders import Folders
from onegrid.core.postgres.programs import Programs


def clear_leftovers(folders: Folders, *, programs: Programs, account: Account) -> None:
    """
    Stop a server that nobody watches any more and remove the notes of one that is gone.

    The caller holds the home's lock, so a server found here has lost its
    supervisor. PostgreSQL itself refuses to start when the number in an old note
    has since been given to another process of the same user; in a container that
    is the rule rather than the exception.

    :raises PostgresError: if the old server does not stop.
    """
    note = folders.data / "postmaster.pid"
    pid = _first_number(note)
    if pid and _is_our_server(pid, folders.data):
        stopped = account.run([programs.path("pg_ctl"), "stop", "-D", folders.data, "-m", "fast", "-t", "60"])
        if stopped.returncode and _is_our_server(pid, folders.data):
            message = f"A database server from an earlier run (process {pid}) does not stop: {stopped.stderr.strip()}"
            raise PostgresError(message)
    # The segment of shared memory, found by the data folder's inode, still guards against living backends.
    note.unlink(missing_ok=True)
    for file in folders.socket.glob(".s.PGSQL.*"):
        file.unlink(missing_ok=True)


def _first_number(note: Path) -> int | None:
    lines = note.read_text(encoding="utf8", errors="replace").split() if note.exists() else []
    return int(lines[0]) if lines and lines[0].isdecimal() else None


def _is_our_server(pid: int, data: Path) -> bool:
    entry = Path("/proc") / str(pid)
    if Path("/proc/self").exists():
        words = (entry / "cmdline").read_bytes().split(b"\0") if entry.exists() else []
    else:
        said = subprocess.run(["/bin/ps", "-p", str(pid), "-o", "command="], capture_output=True, check=False).stdout
        words = said.split()
    return os.fsencode(data) in words
