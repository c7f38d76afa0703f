"""Write one chapter of a simulated year: all of it in one transaction, or nothing."""

import gc
import io
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction

from onegrid.cases.public import KeptFile, Move, Watched, insert_lives, keep_file, number_prefix, take_numbers
from onegrid.core.media.upload import inspect_upload
from onegrid.demonstration.models import WrittenChapter
from onegrid.demonstration.readers.album import Album
from onegrid.demonstration.readers.desks import standing_drafts
from onegrid.demonstration.readers.drafts import Draft, drafts_of
from onegrid.demonstration.readers.ladder import whom_it_reaches
from onegrid.demonstration.readers.setting import Setting
from onegrid.demonstration.readers.teller import Teller
from onegrid.demonstration.rules.arrivals import Chapter, arrivals, thinned
from onegrid.demonstration.rules.identities import id_at
from onegrid.demonstration.rules.journeys import Stop
from onegrid.demonstration.rules.pace import moment
from onegrid.demonstration.rules.pictures import Scene, photo
from onegrid.dispatch.public import insert_dockets
from onegrid.oversight.public import Actor, record

AFTER_PICTURES, BEFORE_PICTURES, PAPERS = 4, 2, 4  # of each scene; a case worked on three times has three different


@dataclass(frozen=True, kw_only=True)
class Script:
    """What all chapters of one simulation share; `left_lying` is the share of cases nobody ever went on with."""

    seed: int
    anchor: datetime
    setting: Setting
    album: Album
    left_lying: float = 0.0


def keep_album() -> Album:
    """Draw the photos and papers that simulated cases show as proof, and keep them."""
    photos = {
        (scene, is_after): [
            keep_file(inspect_upload(io.BytesIO(photo(number, scene, is_after=is_after)), name="photo.jpg"))
            for number in range(AFTER_PICTURES if is_after else BEFORE_PICTURES)
        ]
        for scene in Scene
        for is_after in (False, True)
    }
    return Album(photos=photos, papers=_papers("模拟文书"), grounds=_papers("模拟情况说明"))


def _papers(title: str) -> list[KeptFile]:
    uploads = [f"{title}第 {number + 1} 号。".encode() for number in range(PAPERS)]
    return [keep_file(inspect_upload(io.BytesIO(upload), name="record.txt")) for upload in uploads]


@transaction.atomic(durable=True)
def write_chapter(*, chapter: Chapter, script: Script, most: int | None, at: datetime) -> WrittenChapter | None:
    """
    Write a chapter's cases with all they leave behind, and one line of the trail that says so.

    `most` bounds their number. Returns nothing where another process writes the
    chapter, or one has.
    """
    if not _is_ours(script.seed, chapter):
        return None
    draw = random.Random(f"chapter {script.seed} {chapter.number}")  # noqa: S311 — a simulation, not a secret
    drafts = _drafts(chapter, script, draw)
    drafts = _last(drafts, most) if most is not None else drafts
    with _collecting_at_the_end():
        teller = _teller(drafts, script, draw)
        watched = Watched(until=script.anchor, reached=whom_it_reaches())
        entries = insert_lives((teller.tell(draft) for draft in drafts), watched)
        insert_dockets(teller.dockets)
    written = WrittenChapter.objects.create(
        seed=script.seed, number=chapter.number, starts_at=chapter.starts_at, ends_at=chapter.ends_at,
        cases=len(drafts), entries=entries, written_at=at,
    )  # fmt: skip
    data = {
        "seed": script.seed, "cases": len(drafts), "from": chapter.starts_at.isoformat(),
        "until": chapter.ends_at.isoformat(),
    }  # fmt: skip
    target = f"demonstration.WrittenChapter:{written.pk}"
    record("demonstration.chapter_written", target=target, by=Actor("operator"), at=at, data=data)
    return written


@contextmanager
def _collecting_at_the_end() -> Iterator[None]:
    """Spare the search for garbage while a chapter's million objects are all in use; it takes a fifth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()


def _is_ours(seed: int, chapter: Chapter) -> bool:
    """Take the chapter for this transaction; two loads at once then share the chapters between them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s))", [f"chapter {seed} {chapter.number}"])
        row = cursor.fetchone()
    return bool(row and row[0]) and not WrittenChapter.objects.filter(seed=seed, number=chapter.number).exists()


def _drafts(chapter: Chapter, script: Script, draw: random.Random) -> list[Draft]:
    came = arrivals(chapter, seed=script.seed, zone=ZoneInfo(settings.TIME_ZONE))
    standing: list[Draft] = []
    if chapter.number == 0:
        standing = standing_drafts(setting=script.setting, now=script.anchor, draw=draw)
        came = thinned(came, len(standing), now=script.anchor.timestamp(), draw=draw)
    drafts = drafts_of(came, setting=script.setting, draw=draw, left_lying=script.left_lying)
    return sorted([*drafts, *standing], key=lambda draft: draft.at)


def _last(drafts: list[Draft], most: int) -> list[Draft]:
    """Keep the latest, which lie on the desks; what would be merged into one that is cut off is refused."""
    kept = set(drafts[-most:])
    for draft in kept:
        draft.absorbed = [(at, other) for at, other in draft.absorbed if other in kept]
        if draft.merged_into is not None and draft.merged_into not in kept:
            draft.merged_into, draft.stops = None, [Stop(Move.REFUSE, stop.at) for stop in draft.stops]
    return drafts[-most:]


def _teller(drafts: list[Draft], script: Script, draw: random.Random) -> Teller:
    numbers = {
        draft: f"{number_prefix(moment(draft.at))}{number:06d}"
        for draft, number in zip(drafts, take_numbers(len(drafts)), strict=True)
    }
    ids = {draft: id_at(draft.at, draw) for draft in drafts}
    return Teller(setting=script.setting, album=script.album, now=script.anchor, draw=draw, ids=ids, numbers=numbers)
