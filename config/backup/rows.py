"""The rows of a schema, out of it and into another one, through PostgreSQL's COPY."""

import gzip
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
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
_KEYS = """
SELECT own.relname, other.relname FROM pg_constraint key
JOIN pg_class own ON own.oid = key.conrelid JOIN pg_class other ON other.oid = key.confrelid
WHERE key.contype = 'f' AND own.relnamespace = current_schema()::regnamespace AND own.oid <> other.oid
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
    """Fill empty tables that are there, in the caller's transaction, without any trigger of theirs running."""
    wanted = {table.name: table for table in tables}
    order = _parents_first(wanted)
    names = sql.SQL(", ").join(map(sql.Identifier, order))
    with connection.cursor() as cursor:
        for name in order:
            cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(name)))
        cursor.execute(sql.SQL("TRUNCATE {}").format(names))  # what the migrations themselves have put there
        for number, name in enumerate(order, start=1):
            with cursor.copy(_copy(name, wanted[name].columns, "FROM STDIN")) as copy:
                for block in _blocks(folder / wanted[name].part.path):
                    copy.write(block)
            advance(number, len(order))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in order:
            cursor.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(sql.Identifier(name)))


def set_sequences(wanted: Mapping[str, tuple[int, bool]]) -> None:
    """Let each sequence that is there go on where it stood."""
    there = {name for (name,) in _asked(_SEQUENCES)}
    with connection.cursor() as cursor:
        for name in sorted(there & set(wanted)):
            cursor.execute("SELECT setval(quote_ident(%s)::regclass, %s, %s)", [name, *wanted[name]])


def counts(names: Iterable[str]) -> dict[str, int]:
    """Count the rows of tables."""
    return {name: _asked(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name)))[0][0] for name in names}


def _parents_first(tables: Iterable[str]) -> list[str]:
    """Order tables so that what a row refers to is there before it; keys that form a ring are all deferred."""
    chosen = sorted(tables)
    sorter: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(chosen, ()))
    for own, other in _asked(_KEYS):
        if own in chosen and other in chosen:
            sorter.add(own, other)
    try:
        return list(sorter.static_order())
    except CycleError:
        return chosen


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
