"""Checks of the database, what is in it, and what runs on it. They need Django."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import override

from config.diagnosis import Finding
from onegrid.core import readiness
from onegrid.core.postgres.databases import OLDEST
from onegrid.packs.public import check_pack

MENDED_BY_START = "Run `onegrid prepare` (or start it anew: make run)."
TITLES = {
    "migrations": "Tables",
    "worker": "Worker",
    "queue": "Queue",
    "database": "Connection",
    "disk": "Room to write",
    "relay": "Live updates",
}
WHILE_RUNNING = {"worker", "queue", "relay"}  # of no concern while nothing is started
MENDS = {
    "migrations": MENDED_BY_START,
    "worker": "Start it: `make run` does; on servers of several machines, run `onegrid worker` on one.",
    "queue": "Look at the worker's log, and whether one worker is enough; `onegrid worker` starts another.",
    "relay": "Start it: `make run` does; on servers of several machines, run `onegrid relay` on one.",
    "disk": "Make room, or move ONEGRID_HOME to a larger disk.",
    "database": "Look at the address in ONEGRID_DATABASE_URL, and whether the server runs.",
}


def database_version() -> Finding:
    """Check that the server is new enough."""
    with connection.cursor() as cursor:
        version = cursor.connection.info.server_version
    mend = "" if version >= OLDEST else "Use PostgreSQL 15 or newer."
    return Finding("Database server", f"{version // 10000}.{version % 10000}", mend)


def search() -> Finding:
    """Check that the server knows Chinese characters as letters; with the locale C it does not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT '井' ~ '[[:alpha:]]', current_setting('server_encoding')")
        knows, encoding = cursor.fetchone()
    mend = "" if encoding == "UTF8" else "Create the database anew with ENCODING 'UTF8'."
    return Finding("Encoding", f"{encoding}{'' if knows else ', locale C'}", mend)


def static_files() -> Finding:
    """Check that style sheets and scripts have been collected."""
    there = (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()
    return Finding("Static files", "collected" if there else "not collected", "" if there else MENDED_BY_START)


def pack_files() -> Finding:
    """Check that the district's folder could be loaded as it stands."""
    with override("en"):
        faults = check_pack(settings.PACK)
    if not faults:
        return Finding("Pack files", f"{settings.PACK}, no faults")
    mend = f"{faults[0].file}: {faults[0].reason} All of them: `onegrid pack check {settings.PACK} --language en`."
    return Finding("Pack files", f"{settings.PACK}, {len(faults)} faults", mend)


CHECKS: tuple[Callable[[], Finding], ...] = (database_version, search, static_files, pack_files)


def readiness_findings(*, running: bool) -> list[Finding]:
    """Say what `/readyz` would; that no work is done while nothing is started is no fault."""
    return [
        Finding(TITLES.get(name, name.capitalize()), "not started", "")
        if name in WHILE_RUNNING and reason and not running
        else Finding(
            TITLES.get(name, name.capitalize()),
            reason or "in order",
            MENDS.get(name, MENDED_BY_START) if reason else "",
        )
        for name, reason in readiness.reasons().items()
    ]
