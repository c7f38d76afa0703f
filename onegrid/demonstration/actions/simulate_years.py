"""
Simulate years of the district, chapter by chapter, backwards from the moment at which it was begun.

The last weeks come first, so that the desks are alive at once. A chapter is
written whole or not at all; what is there already is left as it is. So a load
that was cut off goes on where it was, a repeated one adds nothing, a longer one
adds what is missing, and two at a time share the work.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.utils.timezone import localdate, localtime

from onegrid.cases.public import month_of, open_months, settle_search
from onegrid.demonstration.actions.play_appeals import play_appeals
from onegrid.demonstration.actions.write_chapter import Script, keep_album, write_chapter
from onegrid.demonstration.models import WrittenChapter
from onegrid.demonstration.readers.album import Album
from onegrid.demonstration.readers.setting import setting
from onegrid.demonstration.rules.arrivals import Chapter, anchor_behind, arrivals, chapter
from onegrid.demonstration.rules.assumptions import CHAPTERS_A_YEAR

SEED = 20161

Progress = Callable[[WrittenChapter], None]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What shall be simulated: so many years, or so many cases; the seed says which of all possible ones."""

    years: int = 1
    seed: int = SEED
    cases: int | None = None
    left_lying: float = 0.0
    with_pictures: bool = True


def missing_chapters(wanted: Wanted, *, at: datetime) -> int:
    """Return how many chapters are not written yet."""
    return sum(1 for _ in _missing(wanted, anchor=anchor_of(wanted.seed) or at))


def anchor_of(seed: int) -> datetime | None:
    """Return the moment from which a simulation counts backwards, once it has been begun."""
    written = WrittenChapter.objects.filter(seed=seed).first()
    return anchor_behind(written.number, ends_at=written.ends_at) if written else None


def simulate_years(wanted: Wanted, *, at: datetime, progress: Progress = lambda _: None) -> int:
    """
    Write what is missing of a simulation; return how many cases were new.

    Needs a loaded pack with demonstration accounts.
    """
    anchor = anchor_of(wanted.seed) or at
    plan = list(_missing(wanted, anchor=anchor))
    if not plan:
        return 0
    script = Script(
        seed=wanted.seed,
        anchor=anchor,
        setting=setting(on=localdate(anchor)),
        album=keep_album() if wanted.with_pictures else Album(),
        left_lying=wanted.left_lying,
    )
    _open_months([part for part, _most in plan], until=anchor, at=at)
    new = 0
    for part, most in plan:
        written = write_chapter(chapter=part, script=script, most=most, at=at)
        if written is None:
            continue
        new += written.cases
        progress(written)
        if part.number == 0:
            _settle()
            play_appeals(at=anchor, seed=wanted.seed)
    if not missing_chapters(wanted, at=at):  # else whoever writes the last one settles
        _settle()
    return new


def _missing(wanted: Wanted, *, anchor: datetime) -> Iterator[tuple[Chapter, int | None]]:
    """Yield the chapters that are not written, each with the most cases it may have."""
    written = dict(WrittenChapter.objects.filter(seed=wanted.seed).values_list("number", "cases"))
    zone = ZoneInfo(settings.TIME_ZONE)
    number, left = 0, wanted.cases
    while (number < wanted.years * CHAPTERS_A_YEAR) if left is None else left > 0:
        part = chapter(number, anchor=anchor)
        if number not in written:
            yield part, left
        if left is not None:
            left -= written[number] if number in written else len(arrivals(part, seed=wanted.seed, zone=zone))
        number += 1


@transaction.atomic(durable=True)
def _open_months(plan: Sequence[Chapter], *, until: datetime, at: datetime) -> None:
    """Make what is drawn from for all months of the plan before anybody draws, so that chapters need not wait."""
    moment, months = min(part.starts_at for part in plan), {month_of(localtime(until))}
    while moment < until:
        months.add(month_of(localtime(moment)))
        moment += timedelta(days=1)
    open_months(sorted(months), at=at)


@transaction.atomic(durable=True)
def _settle() -> None:
    """Let the index of the words and the planner's statistics catch up with what was written."""
    settle_search()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_case, cases_report, cases_timelineentry, cases_evidence, cases_supporttask")
