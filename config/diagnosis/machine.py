"""Checks of the machine and of the folders, before any database is there."""

import os
import shutil
import stat
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config.cli import web
from config.diagnosis import Finding
from config.settings import web as limits
from onegrid.core.postgres import tuning
from onegrid.core.postgres.account import account_for
from onegrid.core.postgres.errors import PostgresError
from onegrid.core.postgres.folders import LONGEST_SOCKET, SOCKET_NAME, folders_of
from onegrid.core.postgres.programs import SETTING, find_programs

OLDEST_PYTHON = (3, 11)
LEAST_DISK = 2 * 1024**3
LEAST_SHARE = 0.05  # of the disk, below which it is as good as full
LEAST_MEMORY = 1024**3
LARGEST_CLOCK_STEP = 300  # seconds a file may lie in the future
GB = 1024**3


def python(_: Path) -> Finding:
    """Check the version of Python."""
    version = ".".join(map(str, sys.version_info[:3]))
    wanted = ".".join(map(str, OLDEST_PYTHON))
    mend = "" if sys.version_info >= OLDEST_PYTHON else f"Install Python {wanted} or newer and remove .venv."
    return Finding("Python", version, mend)


def disk(home: Path) -> Finding:
    """Check that there is room for data."""
    found = shutil.disk_usage(_existing(home))
    is_roomy = found.free >= LEAST_DISK and found.free >= LEAST_SHARE * found.total
    mend = "" if is_roomy else f"Make room, or move ONEGRID_HOME to a larger disk ({home} is on this one)."
    return Finding("Disk", f"{found.free / GB:.1f} of {found.total / GB:.0f} GB free", mend)


def memory(_: Path) -> Finding:
    """Check the memory this machine or container gives us."""
    ram = tuning.memory()
    mend = "" if ram >= LEAST_MEMORY else "Give the machine or container at least 1 GB, or set ONEGRID_WEB_WORKERS=1."
    return Finding("Memory", f"{ram / GB:.1f} GB", mend)


def permissions(home: Path) -> Finding:
    """Check that everything can be written where it is kept."""
    folder = _existing(home)
    if not os.access(folder, os.W_OK | os.X_OK):
        mend = f"Give it to the user that starts OneGrid: chown -R {os.geteuid()} {folder}. Or choose an ONEGRID_HOME."
        return Finding("Home", f"{home} cannot be written to", mend)
    return Finding("Home", str(home))


def database_owner(home: Path) -> Finding:
    """Check that the data belongs to the user the database would run as."""
    folder = folders_of(home).root
    if not folder.exists():
        return Finding("Database files", "none yet; the first start makes them")
    owner, account = folder.stat().st_uid, account_for(folder)
    if owner not in {0, account.uid}:
        mend = "Start OneGrid as that user or as root, or give the folder away with chown -R."
        return Finding("Database files", f"{folder} belongs to user number {owner}, not to {account.name}", mend)
    return Finding("Database files", f"{folder}, as user {account.name}")


def socket_length(home: Path) -> Finding:
    """Check that the database's socket has a path the system can hold."""
    path = f"{folders_of(home).socket}{SOCKET_NAME}"
    mend = "" if len(os.fsencode(path)) <= LONGEST_SOCKET else "Choose an ONEGRID_HOME with a shorter path."
    return Finding("Socket", f"{len(os.fsencode(path))} of {LONGEST_SOCKET} bytes", mend)


def database_programs(home: Path) -> Finding:
    """Check that there are PostgreSQL programs of the version the data needs."""
    chosen = os.environ.get(SETTING)
    try:
        programs = find_programs(chosen=Path(chosen) if chosen else None, data_major=folders_of(home).data_major)
    except PostgresError as error:
        return Finding("PostgreSQL", "no usable programs", str(error))
    return Finding("PostgreSQL", f"{programs.major} ({programs.origin})")


def numbers(_: Path) -> Finding:
    """Check what is read only when the site is served."""
    try:
        said = f"{web.workers()} web processes with {limits.HANDS} requests at one time each"
    except ImproperlyConfigured as error:
        return Finding("Web", "cannot be started", str(error))
    return Finding("Web", said)


def secret_key(home: Path) -> Finding:
    """Check that nobody else can read the key that signs sessions."""
    file = home / "secret_key"
    if "ONEGRID_SECRET_KEY" in os.environ:
        return Finding("Secret key", "given by ONEGRID_SECRET_KEY")
    if not file.exists():
        return Finding("Secret key", "none yet; the first start makes one")
    mode = stat.S_IMODE(file.stat().st_mode)
    mend = (
        f"Run: chmod 600 {file}. If others may have read it, delete it: everybody then signs in anew."
        if mode & 0o77
        else ""
    )
    return Finding("Secret key", f"readable by {'others too' if mend else 'its owner alone'}", mend)


def clock(home: Path) -> Finding:
    """Check that the clock has not been set back: what we wrote last must not lie in the future."""
    written = [file.stat().st_mtime for file in (home / "up.lock", home / "secret_key") if file.exists()]
    ahead = max(written, default=0) - time.time()
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    mend = (
        "Set the clock (timedatectl set-ntp true): deadlines are counted by it." if ahead > LARGEST_CLOCK_STEP else ""
    )
    return Finding("Clock", f"{now}{', earlier than files written before' if mend else ''}", mend)


CHECKS: tuple[Callable[[Path], Finding], ...] = (
    python,
    disk,
    memory,
    permissions,
    database_owner,
    socket_length,
    database_programs,
    numbers,
    secret_key,
    clock,
)


def _existing(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that exists."""
    return next(part for part in (folder, *folder.parents) if part.exists())
