"""
Which operating-system user the database server runs as.

PostgreSQL refuses to run as root. Started by root, the server therefore runs as
whoever owns its data already, else as `postgres`, else as `nobody`.
"""

import os
import pwd
import signal
import stat
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from onegrid.core.processes import ends_with_us


@dataclass(frozen=True)
class Account:
    """An operating-system user, and whether we have to become it."""

    uid: int
    gid: int
    name: str
    is_another: bool

    def can_enter(self, folder: Path) -> bool:
        """Tell whether the user may pass through every folder down to this one, and read it."""
        return all(self._has(part, 0o1) for part in (folder, *folder.parents)) and self._has(folder, 0o4)

    def can_run(self, program: Path) -> bool:
        """Tell whether the user may start this program."""
        return self.can_enter(program.parent) and self._has(program, 0o5)

    def own(self, folder: Path) -> None:
        """Make sure that a folder exists and belongs to the user alone."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.is_another:
            os.chown(folder, self.uid, self.gid)
        if stat.S_IMODE(folder.stat().st_mode) != stat.S_IRWXU:
            folder.chmod(stat.S_IRWXU)

    def run(self, command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
        """Run a program to its end as the user and return what it said."""
        return subprocess.run(
            command,
            env=_environment(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            user=self.uid if self.is_another else None,
            group=self.gid if self.is_another else None,
            extra_groups=[] if self.is_another else None,
        )

    def spawn(self, command: Sequence[str | Path], *, log: IO[bytes]) -> subprocess.Popen[bytes]:
        """
        Start a program as the user; on Linux it is told to stop when we end, however we end.

        It gets a session of its own, so that Ctrl-C in the terminal reaches only us.
        That link is to the calling thread: call this from the main one.
        """
        return subprocess.Popen(
            command,
            env=_environment(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            user=self.uid if self.is_another else None,
            group=self.gid if self.is_another else None,
            extra_groups=[] if self.is_another else None,
            preexec_fn=ends_with_us(signal.SIGINT),  # noqa: PLW1509  # only system calls; after the change of user
        )

    def _has(self, path: Path, bits: int) -> bool:
        if not self.is_another:
            return os.access(path, bits)
        found = path.stat()
        shift = 6 if found.st_uid == self.uid else 3 if found.st_gid == self.gid else 0
        return (found.st_mode >> shift) & bits == bits


def account_for(folder: Path) -> Account:
    """Return the user a server with its data in this folder runs as."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), _name(os.geteuid()), is_another=False)
    owner = folder.stat() if folder.exists() else None
    if owner and owner.st_uid != 0:
        return Account(owner.st_uid, owner.st_gid, _name(owner.st_uid), is_another=True)
    entries = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = entries.get("postgres") or entries.get("nobody")
    uid, gid = (entry.pw_uid, entry.pw_gid) if entry else (65534, 65534)
    return Account(uid, gid, entry.pw_name if entry else "nobody", is_another=True)


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:  # a container may run as a number nobody has named
        return str(uid)


def _environment() -> dict[str, str]:
    """Leave out what would change a server or tool behind our back, such as PGPORT or PGDATA."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"TZ": "UTC"}
