"""
Ten times as many callers at once as are served well: are they turned away early, is anything lost, is it over soon?

Calm, rush, calm again. Callers ask again the moment they have an answer, whatever
it says, which no polite program does. Afterwards every case that was acknowledged
is looked for in the database.
"""

import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from statistics import median
from uuid import UUID

import msgspec

from benchmarks import intake
from benchmarks.callers import Caller
from benchmarks.installation import Site
from benchmarks.load import Line, percentile
from benchmarks.rows import Row, shown
from onegrid.cases.public import Case

CALM, RUSH = 16, 160  # callers
MOST_RECOVERY = 30  # seconds, DESIGN §8
SLOWED = 1.5  # what counts as back to normal, against the calm before
ACCEPTED, TURNED_AWAY = 201, 503


@dataclass
class Met:
    """What callers met: how long what was accepted and what was turned away took in ms, what was acknowledged."""

    accepted: list[float] = field(default_factory=list)
    turned_away: list[float] = field(default_factory=list)
    ids: list[UUID] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def measure(site: Site, caller: Caller, *, seconds: float) -> Row:
    """Return the table's row."""
    make = intake.maker(caller)
    before = _ask(site.port, make, callers=CALM, seconds=seconds)
    memory = site.memory()
    rush = _ask(site.port, make, callers=RUSH, seconds=3 * seconds)
    ended, recovered = time.monotonic(), float("inf")
    normal, after = median(before.accepted), Met()
    while recovered == float("inf") and time.monotonic() - ended < 2 * MOST_RECOVERY:
        began = time.monotonic()
        after = _ask(site.port, make, callers=CALM, seconds=1)
        if after.accepted and median(after.accepted) <= SLOWED * normal and not after.turned_away:
            recovered = began - ended
    kept = Case.objects.filter(pk__in=rush.ids).count()
    lost, faults = len(rush.ids) - kept, len(rush.faults) + len(after.faults)
    return Row(
        work=f"spike, {RUSH} callers without a pause where {CALM} are served well, {3 * seconds:.0f} s",
        ours=(
            f"{len(rush.accepted):,} accepted, p99 {shown(percentile(rush.accepted, 0.99))};"
            f" {len(rush.turned_away):,} told to come back, p50 {shown(percentile(rush.turned_away or [0], 0.5))};"
            f" {lost} of those acknowledged lost; {faults} other answers;"
            f" memory of the web processes {memory:.0f} → {site.memory():.0f} MB"
        ),
        floor=f"{len(before.accepted) / seconds:.0f}/s, p50 {shown(normal)} before",
        ratio=f"normal {recovered:.0f} s after its end, {len(rush.accepted) / 3 / seconds:.0f}/s accepted during it",
        must=f"sheds with 503, loses nothing acknowledged, back within {MOST_RECOVERY} s",
        holds=bool(rush.turned_away) and not lost and not faults and recovered <= MOST_RECOVERY,
    )


def _ask(port: int, make: Callable[[], bytes], *, callers: int, seconds: float) -> Met:
    met, end = Met(), time.monotonic() + seconds

    def one() -> None:
        while time.monotonic() < end:
            try:
                with closing(Line(port)) as line:
                    _converse(line, make, met, end=end)
            except OSError as error:
                met.faults.append(repr(error))

    threads = [threading.Thread(target=one, daemon=True) for _ in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + 60)
    return met


def _converse(line: Line, make: Callable[[], bytes], met: Met, *, end: float) -> None:
    while time.monotonic() < end:
        began = time.perf_counter()
        answer = line.ask(make())
        took = (time.perf_counter() - began) * 1000
        if answer.status == ACCEPTED:
            met.accepted.append(took)
            met.ids.append(UUID(msgspec.json.decode(answer.plain())["id"]))
        elif answer.status == TURNED_AWAY:
            met.turned_away.append(took)
        else:
            met.faults.append(f"{answer.status}: {answer.body[:200]!r}")
