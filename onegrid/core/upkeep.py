"""How the installation is kept: what waits in the queue, who works on it, what room is left, when it was backed up."""

import json
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from onegrid.core.metrics import measure

WORKER_IS_GONE_AFTER = 30  # seconds without a sign of life
CAN_WAIT = -10  # priority of what comes in thousands, and goes after all else: that it waits is no fault
BACKUP_NOTE = "backup.last"  # in the home: when the last whole backup was made, and where

_QUEUE = """
WITH due AS (
  SELECT id, scheduled_at, priority FROM procrastinate_jobs
  WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())
), alive AS (
  SELECT id FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)
)
SELECT (SELECT count(*) FROM due),
  coalesce((
    SELECT extract(epoch FROM now() - coalesce(due.scheduled_at, (
      SELECT min(event.at) FROM procrastinate_events event WHERE event.job_id = due.id)))
    FROM due WHERE priority >= 0 ORDER BY id LIMIT 1), 0)::float8,
  (SELECT count(*) FROM procrastinate_jobs job
    WHERE status = 'doing' AND NOT EXISTS (SELECT FROM alive WHERE alive.id = job.worker_id)),
  (SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'),
  (SELECT count(*) FROM alive)
"""

_CONNECTIONS = """
SELECT count(*) FILTER (WHERE state = 'idle'), count(*) FILTER (WHERE state <> 'idle'),
  current_setting('max_connections')::int,
  coalesce(extract(epoch FROM now() - min(xact_start) FILTER (WHERE pid <> pg_backend_pid())), 0)::float8
FROM pg_stat_activity WHERE usename = current_user AND backend_type = 'client backend'
"""


@dataclass(frozen=True)
class Queue:
    """Background work at one moment. The oldest job that cannot wait does so for so many seconds since it was due."""

    waiting: int
    oldest: float
    stalled: int
    failed: int
    workers: int


def queue() -> Queue:
    """Look at the queue. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_QUEUE, [WORKER_IS_GONE_AFTER])
        return Queue(*cursor.fetchone())


def free_bytes() -> int:
    """Return what is free on the disk that holds the home."""
    home = Path(settings.HOME)
    return shutil.disk_usage(next(part for part in (home, *home.parents) if part.exists())).free


@dataclass(frozen=True)
class Backup:
    """The last whole backup."""

    made_at: datetime
    place: str


def last_backup() -> Backup | None:
    """Return the last whole backup that was made of this home, if any was."""
    try:
        said = json.loads((Path(settings.HOME) / BACKUP_NOTE).read_text(encoding="utf8"))
        return Backup(datetime.fromisoformat(said["made_at"]), said["place"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


@measure("jobs", "Background jobs: waiting although due, stalled because their worker has died, failed.", label="state")
def _jobs() -> dict[str, float]:
    found = queue()
    return {"waiting": found.waiting, "stalled": found.stalled, "failed": found.failed}


@measure("oldest_job_seconds", "For how long the oldest job that is due has been waiting.")
def _oldest_job() -> float:
    return queue().oldest


@measure("workers", "Background workers that gave a sign of life within 30 seconds.")
def _workers() -> float:
    return queue().workers


@measure("database_connections", "Our connections to the server: idle, busy; and the most it takes.", label="state")
def _connections() -> dict[str, float]:
    idle, busy, most, _ = _activity()
    return {"idle": idle, "busy": busy, "most": most}


@measure("oldest_transaction_seconds", "For how long the oldest transaction of ours has been open.")
def _oldest_transaction() -> float:
    return _activity()[3]


def _activity() -> tuple[int, int, int, float]:
    with connection.cursor() as cursor:
        cursor.execute(_CONNECTIONS)
        idle, busy, most, oldest = cursor.fetchone()
    return int(idle), int(busy), int(most), float(oldest)


@measure("disk_free_bytes", "Room left on the disk of the home.")
def _disk() -> float:
    return free_bytes()


@measure("last_backup_timestamp_seconds", "When the last whole backup was made; missing if none ever was.")
def _backup() -> float | None:
    found = last_backup()
    return found.made_at.timestamp() if found else None
