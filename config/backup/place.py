"""
Where a backup is brought back to: a home and a schema in which nothing is yet.

Rows go into a schema of another name, which gets its own only at the very end. As
long as that has not happened, a note in the home says so: nothing starts on such a
home, and the next restore begins by removing what this one has left.
"""

import os
import secrets
import shutil
from pathlib import Path

import msgspec
import psycopg
from psycopg import sql

from config.backup import BackupError
from config.backup.manifest import Manifest, private

UNFINISHED = "restore.unfinished"
OURS = ("secret_key", "keys", "files")
EXPLAINED = "Restore into an empty home: choose another ONEGRID_HOME."

_THINGS = """
SELECT count(*) FROM (
  SELECT oid FROM pg_class WHERE relnamespace = to_regnamespace(%(schema)s)
  UNION ALL SELECT oid FROM pg_proc WHERE pronamespace = to_regnamespace(%(schema)s)
) thing
"""


class Unfinished(msgspec.Struct):
    """The note: under which name the rows are gathered, and whether they are all there."""

    draft: str
    is_complete: bool = False


def unfinished(home: Path) -> Unfinished | None:
    """Return the note of a restore that has not come to its end."""
    file = home / UNFINISHED
    return msgspec.json.decode(file.read_bytes(), type=Unfinished) if file.exists() else None


def note(home: Path, said: Unfinished) -> None:
    """Write the note."""
    home.mkdir(parents=True, exist_ok=True)
    draft = home / f"{UNFINISHED}.new"
    draft.unlink(missing_ok=True)
    with private(draft) as file:
        file.write(msgspec.json.encode(said))
        file.flush()
        os.fsync(file.fileno())
    draft.rename(home / UNFINISHED)


def finish(home: Path) -> None:
    """Remove the note: everything is where it belongs."""
    (home / UNFINISHED).unlink(missing_ok=True)


def refuse_used_home(home: Path) -> None:
    """
    Make sure that nothing of another installation is in the home.

    :raises BackupError: if there is.
    """
    for name in OURS:
        path = home / name
        if path.is_file() or (path.is_dir() and any(path.iterdir())):
            message = f"There is an installation in {home} already ({name} is there). {EXPLAINED}"
            raise BackupError(message)


def refuse_used_schema(url: str, schema: str) -> None:
    """
    Make sure that the schema is absent or empty, and that we may make and rename one.

    :raises BackupError: if not.
    """
    with psycopg.connect(url) as connection:
        found = connection.execute(_THINGS, {"schema": schema}).fetchone()
        allowed = connection.execute("SELECT has_database_privilege(current_database(), 'CREATE')").fetchone()
    if found and found[0]:
        message = f"The schema {schema} holds something already. Choose another ONEGRID_SCHEMA, or another database."
        raise BackupError(message)
    if not (allowed and allowed[0]):
        message = "The database user may not create schemas. For the restore: GRANT CREATE ON DATABASE … TO …"
        raise BackupError(message)


def draft_schema(schema: str) -> str:
    """Return a name for the schema in which the rows are gathered."""
    return f"{schema[:30]}_restored_{secrets.token_hex(4)}"


def remove_schema(url: str, draft: str) -> None:
    """Drop a schema that holds half of a backup."""
    with psycopg.connect(url) as connection:
        connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(draft)))


def give_name(url: str, draft: str, schema: str) -> None:
    """Let the filled schema take the place of the empty one, in one step."""
    with psycopg.connect(url) as connection:
        connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {}").format(sql.Identifier(schema)))
        connection.execute(
            sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(schema))
        )


def has_schema(url: str, schema: str) -> bool:
    """Tell whether a schema exists."""
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT to_regnamespace(%s) IS NOT NULL", [schema]).fetchone()
    return bool(found and found[0])


def place_home(source: Path, manifest: Manifest, home: Path, *, schema: str) -> None:
    """Put keys and notes where they belong; what was noted of the seals goes by the new schema's name."""
    for part in manifest.home:
        name = part.path.removeprefix("home/").replace("audit.checkpoints", f"audit.{schema}.checkpoints")
        with private(home / name) as file, (source / part.path).open("rb") as given:
            shutil.copyfileobj(given, file)


def clear_home(home: Path) -> None:
    """Remove what a restore has put into a home that was empty."""
    for name in OURS:
        path = home / name
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
