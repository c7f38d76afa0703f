"""The database and its tables."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.commands.migrate import Command as MigrateCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration

from config.preparation import Advance
from onegrid.core.postgres.folders import folders_of


def database(_: Advance) -> str:
    """Say which database it is."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (version,) = cursor.fetchone()
    host = connection.settings_dict["HOST"] or "local"
    place = "embedded" if host == str(folders_of(settings.HOME).socket) else host
    return f"PostgreSQL {version.split()[0]}, {place}, schema {settings.SCHEMA}"


def migrate(advance: Advance) -> str:
    """Apply what is missing; a database that is up to date is left alone."""
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if missing:
        call_command(_Counting(advance, missing), verbosity=0, interactive=False, skip_checks=True)
    return f"{missing} migrations applied" if missing else "up to date"


class _Counting(MigrateCommand):
    """Django's own command, telling how far it is."""

    def __init__(self, advance: Advance, total: int) -> None:
        super().__init__()
        self._advance, self._done, self._total = advance, 0, total

    def migration_progress_callback(
        self,
        action: str,
        migration: Migration | None = None,  # noqa: ARG002  # Django's signature
        fake: bool = False,  # noqa: ARG002, FBT001, FBT002
    ) -> None:
        if action == "apply_success":
            self._done += 1
            self._advance(self._done, self._total)
