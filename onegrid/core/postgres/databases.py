"""Databases and schemas in a server, ours or anybody's, before Django is there to ask."""

import time

import psycopg
from psycopg import sql

from onegrid.core.postgres.errors import PostgresError

OLDEST = 150000  # as PostgreSQL numbers its versions


def require_version(url: str) -> int:
    """
    Return the server's version number, such as 180006.

    :raises PostgresError: if the server cannot be reached or is older than 15, or the address is none.
    """
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            version = connection.info.server_version
    except psycopg.OperationalError as error:
        message = f"The database cannot be reached: {str(error).strip()}"
        raise PostgresError(message) from error
    except psycopg.ProgrammingError as error:  # without the address: it may hold a password
        message = "ONEGRID_DATABASE_URL is no address of a PostgreSQL, such as postgresql://user:password@host/onegrid."
        raise PostgresError(message) from error
    if version < OLDEST:
        message = f"The database is PostgreSQL {version // 10000}; OneGrid needs 15 or newer."
        raise PostgresError(message)
    return version


def ensure_database(url: str, name: str) -> bool:
    """Create a database unless it exists, through a connection to another one. Tell whether it is new."""
    with psycopg.connect(url, autocommit=True) as connection:
        exists = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not exists:
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    return not exists


def ensure_schema(url: str, name: str) -> None:
    """Create the schema that holds one district's tables unless it exists."""
    with psycopg.connect(url) as connection:
        # Looked up first: a user without the right to create schemas may be given one that exists.
        if not connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [name]).fetchone():
            connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(name)))


def wait_for(url: str, *, seconds: float = 30) -> None:
    """
    Wait until a server that somebody else is starting answers.

    :raises PostgresError: if it does not within that time.
    """
    deadline = time.monotonic() + seconds
    while True:
        try:
            psycopg.connect(url, connect_timeout=5).close()
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                message = f"The database cannot be reached: {str(error).strip()}"
                raise PostgresError(message) from error
            time.sleep(0.1)
        else:
            return
