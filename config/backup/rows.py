"""The rows of a schema, out of it and into another one, through PostgreSQL's COPY."""

import gzip
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.db import connection
from psycopg import sql

from config.backup import LEFT_OUT
from config.backup.manifest import Table, part_of, private
from config.preparation import Advance

LEVEL = 4  # of compression: half the time of the usual one for a few hundredths more
BLOCK = 256 * 1024

_COLUMNS = """
SELECT class.relname, attribute.attname FROM pg_class class
JOIN pg_attribute attribute ON attribute.attrelid = class.oid
WHERE class.relnamespace = current_schema()::regnamespace AND class.relkind = 'r'
  AND attribute.attnum > 0 AND NOT attribute.attisdropped AND attribute.attgenerated = ''
ORDER BY class.relname, attribute.attnum
"""
# What the tables have besides their rows and what makes a row unique: each with its own way out, and back in.
_KEYS = """
SELECT format('ALTER TABLE %I DROP CONSTRAINT %I', class.relname, key.conname),
  format('ALTER TABLE %I ADD CONSTRAINT %I %s', class.relname, key.conname, pg_get_constraintdef(key.oid))
FROM pg_constraint key JOIN pg_class class ON class.oid = key.conrelid
WHERE key.contype = 'f' AND class.relnamespace = current_schema()::regnamespace ORDER BY class.relname, key.conname
"""
_INDEXES = """
SELECT format('DROP INDEX %I', class.relname), pg_get_indexdef(class.oid)
FROM pg_index index JOIN pg_class class ON class.oid = index.indexrelid
JOIN pg_class owner ON owner.oid = index.indrelid
WHERE class.relnamespace = current_schema()::regnamespace AND owner.relkind = 'r'
  AND NOT EXISTS (SELECT FROM pg_constraint held WHERE held.conindid = class.oid AND held.contype <> 'f')
ORDER BY owner.relname, class.relname
"""
_SEQUENCES = "SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = current_schema()::regnamespace"


def columns() -> dict[str, list[str]]:
    """Return the columns of every table of the schema that a backup holds."""
    found: dict[str, list[str]] = {}
    for table, column in _asked(_COLUMNS):
        found.setdefault(table, []).append(column)
    return {table: names for table, names in found.items() if table not in LEFT_OUT}


def sequences() -> dict[str, tuple[int, bool]]:
    """Return where each sequence stands. Ask after the rows: none of them is then above."""
    names = [name for (name,) in _asked(_SEQUENCES)]
    return {
        name: _asked(sql.SQL("SELECT last_value, is_called FROM {}").format(sql.Identifier(name)))[0] for name in names
    }


def write_out(folder: Path, *, advance: Advance) -> list[Table]:
    """Write the rows of all tables, as the caller's transaction sees them."""
    found = columns()
    written = []
    for number, (table, names) in enumerate(found.items(), start=1):
        path = folder / "tables" / f"{table}.copy.gz"
        with (
            private(path) as file,
            gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=LEVEL, mtime=0) as packed,
            connection.cursor() as cursor,
        ):
            with cursor.copy(_copy(table, names, "TO STDOUT")) as copy:
                for block in copy:
                    packed.write(block)
            rows = cursor.rowcount
        written.append(Table(table, names, rows, part_of(folder, path)))
        advance(number, len(found))
    return written


def read_in(folder: Path, tables: Iterable[Table], *, advance: Advance) -> None:
    """
    Fill the tables that are there, in the caller's transaction, without any trigger of theirs running.

    Indexes and foreign keys go first and come back at the end: made at once they
    take a fraction of the time, and every key is checked all the same.
    """
    wanted = list(tables)
    names = [sql.Identifier(table.name) for table in wanted]
    keys, indexes = _asked(_KEYS), _asked(_INDEXES)
    total = len(wanted) + len(indexes) + len(keys)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        for out, _ in [*keys, *indexes]:
            cursor.execute(out)
        for name in names:
            cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(name))
        # Empties them of what the migrations themselves have put there.
        cursor.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(names)))
        for number, table in enumerate(wanted, start=1):
            with cursor.copy(_copy(table.name, table.columns, "FROM STDIN")) as copy:
                for block in _blocks(folder / table.part.path):
                    copy.write(block)
            advance(number, total)
        for name in names:
            cursor.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(name))
        for number, (_, back) in enumerate([*indexes, *keys], start=len(wanted) + 1):
            cursor.execute(back)
            advance(number, total)


def set_sequences(wanted: Mapping[str, tuple[int, bool]]) -> None:
    """Let each sequence that is there go on where it stood."""
    there = {name for (name,) in _asked(_SEQUENCES)}
    with connection.cursor() as cursor:
        for name in sorted(there & set(wanted)):
            cursor.execute("SELECT setval(quote_ident(%s)::regclass, %s, %s)", [name, *wanted[name]])


def counts(names: Iterable[str]) -> dict[str, int]:
    """Count the rows of tables."""
    return {name: _asked(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name)))[0][0] for name in names}


def _copy(table: str, names: Iterable[str], direction: str) -> sql.Composed:
    listed = sql.SQL(", ").join(map(sql.Identifier, names))
    return sql.SQL("COPY {} ({}) " + direction).format(sql.Identifier(table), listed)


def _blocks(path: Path) -> Iterator[bytes]:
    with gzip.open(path, "rb") as packed:
        while block := packed.read(BLOCK):
            yield block


def _asked(query: str | sql.Composed) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())
