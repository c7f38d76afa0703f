"""
Whether this process could serve people now, and if not, why not.

Every app may add a check from its handlers: `@check("pack")` on a function that
returns nothing when all is well, else the reason in a few plain words. What is
not `needed` is told all the same, and people are served without it.
"""

from collections.abc import Callable
from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

Check = Callable[[], str | None]

WORKER_IS_GONE_AFTER = timedelta(seconds=30)

_checks: dict[str, Check] = {}
_not_needed: set[str] = set()
_migrated: list[bool] = []


def check(name: str, *, needed: bool = True) -> Callable[[Check], Check]:
    """Register the decorated function as the check of this name."""

    def register(function: Check) -> Check:
        _checks[name] = function
        if not needed:
            _not_needed.add(name)
        return function

    return register


def prevents_serving(name: str) -> bool:
    """Tell whether people cannot be served when this check has a reason."""
    return name not in _not_needed


def reasons() -> dict[str, str | None]:
    """Ask every check and return its reason, or nothing, by name. Without a database the rest is not asked."""
    unreachable = _database()
    found: dict[str, str | None] = {"database": unreachable}
    if unreachable is None:
        found |= {name: _answer(function) for name, function in _checks.items()}
    return found


def _answer(function: Check) -> str | None:
    try:
        return function()
    except DatabaseError as error:  # a table that is not there yet, say
        return str(error).partition("\n")[0]


def _database() -> str | None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return f"not reachable: {str(error).partition(chr(10))[0]}"
    return None


@check("migrations")
def migrations() -> str | None:
    """Look for migrations not applied; once there are none, a process need not look again."""
    if not _migrated:
        executor = MigrationExecutor(connection)
        missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if missing:
            return f"{missing} not applied"
        _migrated.append(True)
    return None


@check("queue")
def queue() -> str | None:
    """Look for a background worker that has given a sign of life."""
    since = timezone.now() - WORKER_IS_GONE_AFTER
    alive = ProcrastinateWorker.objects.filter(last_heartbeat__gt=since).exists()
    return None if alive else "no background worker is alive"
