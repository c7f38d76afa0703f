"""
`onegrid prepare`: bring everything an installation keeps up to date.

Each step looks first whether there is anything to do, so that a second start
takes a second. To add one, write a function and put it into `STEPS`.
"""

from collections.abc import Callable

import psycopg
from django.conf import settings

from config.cli import report
from config.preparation import Advance, district, examples, static_files, tables, translations

STEPS: tuple[tuple[str, Callable[[Advance], str]], ...] = (
    ("Database", tables.database),
    ("Tables", tables.migrate),
    ("Translations", translations.compile_stale),
    ("Static files", static_files.collect),
    ("District", district.load),
    ("Cases", district.demonstrate),
    ("Examples", examples.show),
)


def prepare() -> None:
    """Run every step, one process of an installation at a time."""
    with psycopg.connect(settings.DATABASE_URL, autocommit=True) as guard:
        guard.execute("SELECT pg_advisory_lock(hashtext('onegrid prepare ' || %s))", [settings.SCHEMA])
        for title, run in STEPS:
            with report.step(title) as step:
                step.summary = run(step.advance)
