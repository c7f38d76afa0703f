"""
Ten times as many callers at once as are served well: are they turned away early, is anything lost, is it over soon?

Calm, rush, calm again, for each way in. Callers ask again the moment they have an answer, whatever it says, which no
polite program does. Afterwards everything that was acknowledged is looked for. And one source floods the form while
others report as on any day.
"""

import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from statistics import median

from benchmarks.callers import Caller
from benchmarks.installation import Site
from benchmarks.load import Answer, Browser, percentile
from benchmarks.rows import Row, shown
from benchmarks.visits import BUSY, TOO_MANY, Asking, Found, Kind, Programs, Residents, Senders, from_somewhere
from onegrid.portal.web.throttle import REPORTS

CALM, RUSH, OTHERS = 16, 160, 4  # callers
MOST_RECOVERY = 30  # seconds, DESIGN §8
SLOWED = 1.5  # what counts as back to normal, against the calm before


@dataclass
class Met:
    """What callers met: how long what was accepted and what was turned away took in ms, what was acknowledged."""

    accepted: list[float] = field(default_factory=list)
    turned_away: list[float] = field(default_factory=list)
    limited: list[float] = field(default_factory=list)  # one source too often
    receipts: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def take(self, asking: Asking, answer: Answer, *, took: float) -> None:
        """Note an answer."""
        when = answer.header("Retry-After")
        if answer.status == BUSY and when:
            self.turned_away.append(took)
        elif answer.status == TOO_MANY and when:
            self.limited.append(took)
        elif answer.status != asking.good:
            self.faults.append(f"{answer.status}: {answer.plain()[:300]!r}")
        elif asking.acknowledges:
            self.accepted.append(took)
            self.receipts.append(asking.acknowledges(answer))


@dataclass(frozen=True)
class Spike:
    """What was met before, during and after, and what became of it."""

    kind: Kind
    seconds: float  # of the calm; the rush lasts three times as long
    before: Met
    rush: Met
    after: Met
    found: Found
    recovered: float  # seconds after the end of the rush

    @property
    def faults(self) -> list[str]:
        """Answers that are neither taken nor told to come back; nobody here comes too often."""
        all_met = (self.before, self.rush, self.after)
        return [said for met in all_met for said in (*met.faults, *(f"429 after {each} ms" for each in met.limited))]

    @property
    def holds(self) -> bool:
        """It is as DESIGN §8 asks."""
        sound = not self.found.lost and not self.found.doubled and not self.faults
        return bool(self.rush.turned_away) and sound and self.recovered <= MOST_RECOVERY


def measure(site: Site, caller: Caller, *, seconds: float) -> list[Row]:
    """Return the table's rows, one for each way in."""
    kinds = (Programs(caller), Residents(), Senders())
    return [*(_row(site, kind, seconds=seconds) for kind in kinds), _flooded(site, seconds=seconds)]


def rush(site: Site, kind: Kind, *, seconds: float) -> Spike:
    """Let callers come by one way in: calm, rush, calm again."""
    first = _ask(site.port, kind, callers=CALM, seconds=1)  # what is read once has been read
    before = _ask(site.port, kind, callers=CALM, seconds=seconds)
    met = _ask(site.port, kind, callers=RUSH, seconds=3 * seconds)
    ended, recovered = time.monotonic(), float("inf")
    normal, after, faults = median(before.accepted or [0]), Met(), list(first.faults)
    receipts = [*first.receipts, *before.receipts, *met.receipts]
    while recovered == float("inf") and time.monotonic() - ended < 2 * MOST_RECOVERY:
        began = time.monotonic()
        after = _ask(site.port, kind, callers=CALM, seconds=1)
        receipts, faults = [*receipts, *after.receipts], [*faults, *after.faults]
        if after.accepted and median(after.accepted) <= SLOWED * normal and not after.turned_away:
            recovered = began - ended
    after.faults = faults
    return Spike(kind, seconds, before, met, after, kind.look_for(receipts), recovered)


def _flooded(site: Site, *, seconds: float) -> Row:
    """Let one source flood the form while others report as on any day."""
    here, others, lasted = from_somewhere(), Residents(), 3 * seconds
    flooding, met = Residents(source=lambda: here), Met()
    calm = _ask(site.port, others, callers=OTHERS, seconds=seconds)
    beside = threading.Thread(
        target=_come, args=(site.port, others, met), kwargs={"callers": OTHERS, "seconds": lasted}
    )
    beside.start()
    flood = _ask(site.port, flooding, callers=RUSH, seconds=lasted)
    beside.join()
    found, faults = others.look_for([*calm.receipts, *met.receipts]), [*flood.faults, *met.faults]
    return Row(
        work=f"flood, report form: {RUSH} callers of one source beside {OTHERS} others, {lasted:.0f} s",
        ours=(
            f"of the one {len(flood.accepted):,} accepted, {len(flood.limited):,} refused for the hour,"
            f" p50 {shown(percentile(flood.limited or [0], 0.5))}, {len(flood.turned_away):,} told to come back;"
            f" of the others {len(met.accepted):,} accepted, p99 {shown(percentile(met.accepted or [0], 0.99))},"
            f" {len(met.turned_away):,} told to come back; {found.lost} lost; {len(faults)} other answers"
        ),
        floor=f"the others alone: {len(calm.accepted) / seconds:.0f}/s, p50 {shown(median(calm.accepted or [0]))}",
        ratio=f"the others beside it: {len(met.accepted) / lasted:.0f}/s, p50 {shown(median(met.accepted or [0]))}",
        must="the one is limited, all others get through",
        holds=(
            bool(met.accepted and (flood.limited or flood.turned_away))
            and len(flood.accepted) <= 2 * REPORTS.most  # where the hour ends in between
            and not (met.turned_away or met.limited or found.lost or found.doubled or faults)
        ),
    )


def _row(site: Site, kind: Kind, *, seconds: float) -> Row:
    memory = site.memory()
    found = rush(site, kind, seconds=seconds)
    met, lasted = found.rush, 3 * seconds
    also = f" ({found.found.said})" if found.found.said else ""
    return Row(
        work=f"spike, {kind.name}: {RUSH} callers without a pause where {CALM} are served well, {lasted:.0f} s",
        ours=(
            f"{len(met.accepted):,} accepted, p99 {shown(percentile(met.accepted or [0], 0.99))};"
            f" {len(met.turned_away):,} told to come back, p50 {shown(percentile(met.turned_away or [0], 0.5))};"
            f" {found.found.lost} of those acknowledged lost, {found.found.doubled} there twice{also};"
            f" {len(found.faults)} other answers{f', such as {found.faults[0][:80]}' if found.faults else ''};"
            f" memory of the web processes {memory:.0f} → {site.memory():.0f} MB"
        ),
        floor=f"{len(found.before.accepted) / seconds:.0f}/s, p50 {shown(median(found.before.accepted or [0]))} before",
        ratio=f"normal {found.recovered:.0f} s after its end, {len(met.accepted) / lasted:.0f}/s accepted during it",
        must=f"sheds with 503, loses and doubles nothing acknowledged, back within {MOST_RECOVERY} s",
        holds=found.holds,
    )


def _ask(port: int, kind: Kind, *, callers: int, seconds: float) -> Met:
    met = Met()
    _come(port, kind, met, callers=callers, seconds=seconds)
    return met


def _come(port: int, kind: Kind, met: Met, *, callers: int, seconds: float) -> None:
    end = time.monotonic() + seconds

    def one() -> None:
        while time.monotonic() < end:
            try:
                with closing(Browser(port)) as browser:
                    while time.monotonic() < end:
                        _visit(browser, kind, met, is_over=lambda: time.monotonic() >= end)
            except OSError as error:
                met.faults.append(repr(error))

    threads = [threading.Thread(target=one, daemon=True) for _ in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + 60)


def _visit(browser: Browser, kind: Kind, met: Met, *, is_over: Callable[[], bool]) -> None:
    """Go through one visit; who is told to come back asks the same again."""
    steps = kind.visit()
    asking = next(steps)
    while not is_over():
        began = time.perf_counter()
        answer = browser.ask(asking.message)
        met.take(asking, answer, took=(time.perf_counter() - began) * 1000)
        if answer.status == BUSY:
            continue
        if answer.status != asking.good:
            return
        try:
            asking = steps.send(answer)
        except StopIteration:
            return
