"""The relay's reading: whatever transactions do, each change is read once."""

import asyncio
import random
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import psycopg
import pytest
from django.db import connection

from onegrid.core.ids import new_id
from onegrid.live.readers.tail import AT_ONCE, start_mark, tail
from onegrid.live.rules.writing import CHANGE_COLUMNS

pytestmark = pytest.mark.django_db(transaction=True)

INSERT = f"INSERT INTO live_change ({CHANGE_COLUMNS}) SELECT 'note', %s, '330304', '{{}}', NULL, NULL"


def how_to_connect():
    """Return the parameters of another connection to the tests' database."""
    known = connection.get_connection_params()
    wanted = ("dbname", "user", "password", "host", "port", "options")
    return {name: known[name] for name in wanted if known.get(name)} | {"autocommit": True}


def a_connection(*, autocommit=False):
    return psycopg.connect(**how_to_connect() | {"autocommit": autocommit})


class Reader:
    """Reads as the relay does, one look at a time."""

    def __init__(self):
        self.told, self.mark = [], None

    async def look(self, database):
        self.mark = self.mark or await start_mark(database)
        self.mark, changes = await tail(database, self.mark)
        self.told += [change.subject for change in changes]

    def once(self):
        async def run():
            async with await psycopg.AsyncConnection.connect(**how_to_connect()) as database:
                await self.look(database)

        asyncio.run(run())
        return self.told

    def until(self, done):
        async def run():
            async with await psycopg.AsyncConnection.connect(**how_to_connect()) as database:
                while not done.is_set():
                    await self.look(database)
                await self.look(database)

        asyncio.run(run())


def test_reads_what_began_first_and_ended_last():
    reader, early, late = Reader(), new_id(), new_id()
    reader.once()
    with a_connection() as first, a_connection() as second:
        first.execute(INSERT, [early])
        second.execute(INSERT, [late])
        second.commit()

        assert reader.once() == [late]
        first.commit()
        assert reader.once() == [late, early]
        assert reader.once() == [late, early]


def test_is_not_held_up_by_somebody_who_takes_long():
    reader = Reader()
    reader.once()
    with a_connection() as slow, a_connection(autocommit=True) as quick:
        slow.execute(INSERT, [new_id()])
        for _ in range(5):
            quick.execute(INSERT, [new_id()])

        assert len(reader.once()) == 5


def test_never_reads_what_was_taken_back():
    reader = Reader()
    reader.once()
    with a_connection() as failing:
        failing.execute(INSERT, [new_id()])
        failing.rollback()

    assert reader.once() == []


def test_leaves_out_what_was_restored_from_another_server():
    reader = Reader()
    reader.once()
    with a_connection(autocommit=True) as restoring:
        restoring.execute(INSERT, [new_id()])
        restoring.execute("UPDATE live_change SET xid = '999999999'")

    assert reader.once() == []


def test_says_that_it_is_too_much_to_name():
    async def look():
        async with await psycopg.AsyncConnection.connect(**how_to_connect()) as database:
            start = await start_mark(database)
            await database.execute(INSERT.replace("%s", "gen_random_uuid()") + f" FROM generate_series(0, {AT_ONCE})")
            return await tail(database, start)

    assert asyncio.run(look())[1] is None


def test_loses_nothing_and_repeats_nothing_while_many_write_at_once():
    reader, done = Reader(), Event()
    reader.once()

    def write(seed):
        chance, written = random.Random(seed), []  # noqa: S311 — it is to be the same every time
        with a_connection() as database:
            for _ in range(40):
                subjects = [new_id() for _ in range(chance.randint(1, 3))]
                for subject in subjects:
                    database.execute(INSERT, [subject])
                    time.sleep(chance.random() / 200)
                if chance.random() < 0.2:
                    database.rollback()
                else:
                    database.commit()
                    written += subjects
        return written

    with ThreadPoolExecutor(9) as pool:
        reading = pool.submit(reader.until, done)
        written = [subject for part in pool.map(write, range(8)) for subject in part]
        done.set()
        reading.result()

    assert len(written) > 300
    assert sorted(reader.told) == sorted(written)
