"""
Write whole lives of cases at once, by COPY: what was reported, and every step that followed.

A life is lived in memory through the same table of moves, clocks and holders as
a case on a desk, so that none can stand where no desk could have brought it.
Meant for simulations and measurements: it announces nothing, and the caller
answers for it with one line of the trail.
"""

import io
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.indexes import GinIndex
from django.db import connection
from django.utils.timezone import localtime

from onegrid.cases.actions.draw_verification import seed_for
from onegrid.cases.actions.live_through import Seeds, live_through
from onegrid.cases.actions.lived_rows import ENTRY_COLUMNS, EVIDENCE_COLUMNS, Life, Lived
from onegrid.cases.actions.lived_warnings import Watched
from onegrid.cases.models import Case, Evidence, Report, TimelineEntry
from onegrid.cases.rules.draws import Seed, month_of
from onegrid.cases.rules.lives import KeptFile
from onegrid.core import files
from onegrid.core.bulk import copy_rows, copy_values
from onegrid.core.media.upload import Upload

REPORT_COLUMNS = (
    "id", "case_id", "channel", "text", "reporter_name", "reporter_contact", "is_anonymous", "link_hash", "body_hash",
    "reported_at", "received_at",
)  # fmt: skip
# The index of the words takes new entries in large lots, which is many times cheaper than one by one.
_LOTS = "SET LOCAL gin_pending_list_limit = '64MB'; SET LOCAL maintenance_work_mem = '256MB'"


def take_numbers(count: int) -> list[int]:
    """Take so many numbers from the sequence that counts every case."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_case_number') FROM generate_series(1, %s)", [count])
        return [row[0] for row in cursor.fetchall()]


def insert_lives(lives: Iterable[Life], watched: Watched | None = None) -> int:
    """
    Write lives in the caller's transaction; return how many entries their timelines have.

    What one is merged into must come in the same call. Whoever `watched` was told of the shares of limits that passed.

    :raises IllegalMoveError: if a life has a step that the table of moves does not allow there.
    """
    # Those that others are merged into come first: a row can only name one that is there.
    seeds = _seeds()
    told = (live_through(life, seeds, watched=watched) for life in lives)
    lived = sorted(told, key=lambda each: each.case.merged_into_id is not None)
    with connection.cursor() as cursor:
        cursor.execute(_LOTS)
    copy_rows([each.case for each in lived])
    copy_values(Report, REPORT_COLUMNS, [_report(each) for each in lived])
    entries = [entry for each in lived for entry in each.entries]
    copy_values(TimelineEntry, ENTRY_COLUMNS, entries)
    copy_values(Evidence, EVIDENCE_COLUMNS, [row for each in lived for row in each.evidence])
    copy_rows([task for each in lived for task in each.tasks.values()])
    copy_rows([rating for each in lived for rating in each.ratings])
    copy_rows([request for each in lived for request in each.requests])
    copy_rows([hearing for each in lived for hearing in each.hearings])
    return len(entries)


def _seeds() -> Seeds:
    """Return what is drawn from at any moment, asked for once a month."""
    known: dict[str, Seed] = {}

    def seed_at(at: datetime) -> Seed:
        month = month_of(localtime(at))
        if month not in known:
            known[month] = seed_for(at)
        return known[month]

    return seed_at


def keep_file(upload: Upload) -> KeptFile:
    """Keep a file that lives will speak of, and soon; a photo is for the public, once it was looked through."""
    files.keep(upload.content)
    photo = upload.photo
    return KeptFile(
        kind=upload.kind.value,
        sha256=upload.sha256,
        media_type=upload.media_type,
        size=upload.size,
        name=upload.name,
        is_public=photo is not None,
        thumbnail_sha256=files.keep(io.BytesIO(photo.thumbnail)) if photo else "",
        width=photo.width if photo else None,
        height=photo.height if photo else None,
    )


def settle_search() -> None:
    """Let the indexes of the words take in what bulk writing has left waiting, so that searches stay quick."""
    names = [index.name for index in Case._meta.indexes if isinstance(index, GinIndex)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list(name::regclass) FROM unnest(%s::text[]) AS name", [names])


def _report(lived: Lived) -> tuple[UUID, UUID, str, str, str, str, bool, str, str, datetime, datetime]:
    new = lived.life.new
    return (
        new.id, lived.report_case_id, new.channel.value, new.description or new.title, new.reporter_name,
        new.reporter_contact, new.is_anonymous, f"nobody:{new.id}", "", new.reported_at, new.reported_at,
    )  # fmt: skip
