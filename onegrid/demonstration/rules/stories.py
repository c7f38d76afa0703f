"""
Stories: what happens to each simulated case, drawn from a seed.

A story says what was reported, how long ago, how far the case has come and how
long each stage took as a share of its limit. The same seed tells the same
stories. Assumptions: four stages in five are done in the first three quarters of
their time, one in twelve is late; of the cases now running a fifth is red.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onegrid.cases.public import Channel, Outcome, Stage, Status
from onegrid.catalogue.public import CategoryEntry, TimeUnit

LATE_STAGE = 1 / 12
LATE_NOW = 1 / 5
RETURNED, REWORKED, SUPPORTED, ON_THE_SPOT, PICTURED = 0.08, 0.06, 0.25, 0.5, 0.6

# How many of a hundred cases stand where.
STANDING: Mapping[Status, int] = {
    Status.REPORTED: 8,
    Status.CHECKING: 4,
    Status.ACCEPTED: 6,
    Status.FILED: 7,
    Status.DISPATCHED: 9,
    Status.IN_PROGRESS: 13,
    Status.SUSPENDED: 2,
    Status.DISPUTED: 2,
    Status.HANDLED: 8,
    Status.VERIFIED: 5,
    Status.CLOSED: 30,
    Status.REFUSED: 4,
    Status.MERGED: 2,
}
CHANNELS: Mapping[Channel, int] = {Channel.PORTAL: 45, Channel.GRID_WORKER: 35, Channel.PHONE: 15, Channel.DESK: 5}
OUTCOMES: Mapping[Outcome, int] = {Outcome.FIXED: 88, Outcome.NOT_FIXABLE: 6, Outcome.NOTHING_FOUND: 6}


@dataclass(frozen=True, kw_only=True)
class Story:
    """One simulated case; `shares` is how much of its limit each stage took, `waited` of the running one."""

    number: int
    category: CategoryEntry
    grid_rank: int
    spot: tuple[float, float]
    channel: Channel
    target: Status
    outcome: Outcome
    shares: Mapping[Stage, float]
    waited: float
    is_returned_first: bool
    is_reworked: bool
    is_supported: bool
    is_solved_on_the_spot: bool
    has_photo: bool
    satisfaction: int


def tell(*, count: int, seed: int, categories: Sequence[CategoryEntry], grids: int) -> Iterator[Story]:
    """Yield so many stories over these categories and so many grids."""
    draw = random.Random(seed)  # noqa: S311 — a story, not a secret
    targets = _spread(STANDING, count, draw)
    # Everyday matters are many, the serious ones few, as in any district.
    weights = _weights(categories)
    # What is suspended has working days; a heap of rubbish does not wait for a court.
    lasting = [entry for entry in categories if entry.time_unit == TimeUnit.WORKING_DAYS] or categories
    long_weights = _weights(lasting)
    for number in range(count):
        channel = draw.choices(list(CHANNELS), list(CHANNELS.values()))[0]
        target = targets[number]
        is_suspended = target == Status.SUSPENDED
        choice = (lasting, long_weights) if is_suspended else (categories, weights)
        yield Story(
            number=number,
            category=draw.choices(*choice)[0],
            # A third of the grids has most of the cases; what is merged lies where most is.
            grid_rank=0 if target == Status.MERGED else int(draw.random() ** 1.6 * grids),
            spot=(draw.random(), draw.random()),
            channel=channel,
            target=target,
            outcome=draw.choices(list(OUTCOMES), list(OUTCOMES.values()))[0],
            shares={stage: _share(draw) for stage in Stage},
            waited=_waited(draw, is_suspended=is_suspended),
            is_returned_first=draw.random() < RETURNED,
            is_reworked=draw.random() < REWORKED,
            is_supported=draw.random() < SUPPORTED,
            is_solved_on_the_spot=target == Status.CLOSED
            and channel == Channel.GRID_WORKER
            and draw.random() < ON_THE_SPOT,
            has_photo=draw.random() < PICTURED,
            satisfaction=draw.choices([5, 4, 3, 2, 1], [45, 30, 12, 8, 5])[0],
        )


def _weights(categories: Sequence[CategoryEntry]) -> list[int]:
    return [_weight(entry.code) for entry in categories]


def _weight(code: str) -> int:
    if code.startswith(("daily.roads.", "daily.sanitation.")):
        return 14
    return 5 if code.startswith("daily.") else 1


def _waited(draw: random.Random, *, is_suspended: bool) -> float:
    if is_suspended:
        return draw.uniform(0.6, 0.9)  # of its limit would be used if the clock ran on
    return draw.uniform(1.05, 1.5) if draw.random() < LATE_NOW else draw.uniform(0.02, 0.98)


def _share(draw: random.Random) -> float:
    return draw.uniform(1.05, 1.6) if draw.random() < LATE_STAGE else draw.uniform(0.05, 0.9)


def _spread(parts: Mapping[Status, int], count: int, draw: random.Random) -> list[Status]:
    """Return so many statuses in these parts, each at least once, in mixed order."""
    whole = sum(parts.values())
    spread = [status for status, part in parts.items() for _ in range(max(1, part * count // whole))]
    spread += draw.choices(list(parts), list(parts.values()), k=max(0, count - len(spread)))
    draw.shuffle(spread)
    # What is merged comes last, so that there is something to merge it into.
    return sorted(spread[:count], key=lambda status: status == Status.MERGED)
