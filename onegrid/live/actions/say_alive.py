"""Say that this relay is there, where the site and the operator look for it."""

from psycopg import AsyncConnection

_STATEMENT = """
INSERT INTO live_relay (name, seen_at, clients) VALUES (%(name)s, now(), %(clients)s)
ON CONFLICT (name) DO UPDATE SET seen_at = excluded.seen_at, clients = excluded.clients
"""


async def say_alive(database: AsyncConnection, *, name: str, clients: int) -> None:
    """Write down that the relay of this name lives and how many pages listen to it."""
    await database.execute(_STATEMENT, {"name": name, "clients": clients})
