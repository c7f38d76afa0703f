"""Bases that stay for the next run: databases beside the one that is measured, from which that one is copied."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.db import connections
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.sql import SQL, Identifier

# What a copied page is, is written to disk once and not also to the log.
_COPY = SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
_DROP = SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
_END = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"  # closed connections rest with us


def has(cases: int) -> bool:
    """Tell whether a base of so many cases has been kept."""
    with _beside() as line:
        found = line.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_name(cases)])
        return found.fetchone() is not None


def bring(cases: int) -> None:
    """Put a copy of the kept base in place of the database that is measured; whoever is connected to it is cut off."""
    _copy(_name(cases), _measured())


def keep(cases: int) -> None:
    """Keep a copy of the database that is measured; whoever is connected to it is cut off."""
    _copy(_measured(), _name(cases))


def _copy(source: str, target: str) -> None:
    connections.close_all()
    with _beside() as line:
        line.execute(_END, [source])
        line.execute(_DROP.format(Identifier(target)))
        line.execute(_COPY.format(Identifier(target), Identifier(source)))


def _name(cases: int) -> str:
    return f"kept_{cases}"


def _measured() -> str:
    return str(conninfo_to_dict(settings.DATABASE_URL)["dbname"])


@contextmanager
def _beside() -> Iterator[psycopg.Connection]:
    with psycopg.connect(make_conninfo(settings.DATABASE_URL, dbname="postgres"), autocommit=True) as line:
        yield line
