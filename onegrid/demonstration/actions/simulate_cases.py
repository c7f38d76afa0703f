"""
Play simulated cases through the same actions that people use.

Each case is reported in the past and moved step by step to where its story says
it stands today, so that timelines, clocks, lateness and the audit trail are what
they would be. A case that was played before is known by its id and left alone.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from onegrid.accounts.public import Duty
from onegrid.cases.public import Case
from onegrid.catalogue.public import catalogue
from onegrid.core.installation import demonstration_accounts
from onegrid.core.models import Generation
from onegrid.core.snapshots import bump
from onegrid.demonstration.actions.cast import Cast
from onegrid.demonstration.actions.play_story import play_story
from onegrid.demonstration.rules.stories import Story, tell
from onegrid.geography.public import Area, Level

COUNT = 320
SEED = 20161
DONE = "demonstration"
EPOCH_MS = 1_767_225_600_000  # 2026-01-01

Progress = Callable[[int, int], None]


def is_simulated() -> bool:
    """Tell whether the demonstration set has been played to its end."""
    return Generation.objects.filter(name=DONE).exists()


def simulate_cases(*, at: datetime, count: int = COUNT, seed: int = SEED, progress: Progress = lambda *_: None) -> int:
    """
    Play so many cases up to a moment; return how many were new.

    Needs a loaded pack with demonstration accounts. Cut off in the middle, the
    next call plays what is missing.
    """
    grids = list(Area.objects.standing().filter(level=Level.GRID).defer("outline").order_by("code"))
    # The grids and the township of the accounts that are tried come first, where most happens; the rest is mixed.
    shown = _shown_grids()
    townships = {path.split("/")[1] for path in shown.values()}
    grids.sort(
        key=lambda grid: (
            grid.code not in shown,
            grid.path.split("/")[1] not in townships,
            hashlib.sha256(grid.code.encode()).digest(),
        )
    )
    cast = Cast.assemble()
    stories = list(tell(count=count, seed=seed, categories=catalogue().leaves(), grids=len(grids)))
    ids = [_id(story, seed=seed) for story in stories]
    known = set(Case.objects.filter(pk__in=ids).values_list("pk", flat=True))
    played = 0
    for position, (story, case_id) in enumerate(zip(stories, ids, strict=True), start=1):
        if case_id not in known:
            play_story(story, case_id=case_id, grid=grids[story.grid_rank], cast=cast, now=at)
            played += 1
        progress(position, len(stories))
    _mark_done()
    return played


def _shown_grids() -> dict[str, str]:
    """Return code and path of the grids whose workers a demonstration is tried with."""
    duties = Duty.objects.live().filter(user__username__in=demonstration_accounts(), area__level=Level.GRID)
    return dict(duties.values_list("area__code", "area__path"))


@transaction.atomic(durable=True)
def _mark_done() -> None:
    bump(DONE)


def _id(story: Story, *, seed: int) -> UUID:
    """Return a UUIDv7 that is always the same for a story; its moment is that of the seed, not of the case."""
    raw = bytearray(hashlib.sha256(f"demonstration:{seed}:{story.number}".encode()).digest()[:16])
    raw[:6] = EPOCH_MS.to_bytes(6, "big")
    raw[6] = raw[6] & 0x0F | 0x70
    raw[8] = raw[8] & 0x3F | 0x80
    return UUID(bytes=bytes(raw))
