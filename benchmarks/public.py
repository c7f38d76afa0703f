"""Public pages as strangers ask for them, kept ready: how many a second, against pages that are drawn each time."""

from itertools import count, cycle

from benchmarks.installation import Site
from benchmarks.load import drive, percentile, request
from benchmarks.rows import Row, shown
from onegrid.cases.public import strangers

LEAST = 1000  # requests a second, on two processors
CALLERS = 16
CASES = 20  # promise pages that are asked for in turn
OK = 200


def measure(site: Site, *, seconds: float) -> Row:
    """Return the table's row: first page, list, statistics, a feed and promise pages in turn, each drawn before."""
    numbers = list(strangers.listed().order_by("-reported_at")[:CASES].values_list("number", flat=True))
    paths = ["/welcome/", "/nearby/?state=all", "/statistics/", "/feeds/all.atom", *(f"/c/{each}/" for each in numbers)]
    turn = cycle([request("GET", path) for path in paths])
    drive(site.port, make=lambda: next(turn), connections=CALLERS, seconds=seconds / 2, expected=OK)
    used = site.processor_time()
    kept = drive(site.port, make=lambda: next(turn), connections=CALLERS, seconds=seconds, expected=OK)
    used = (site.processor_time() - used) / len(kept.milliseconds)
    new = (request("GET", f"/c/{numbers[each % len(numbers)]}/?drawn={each}") for each in count())
    drawn = drive(site.port, make=lambda: next(new), connections=CALLERS, seconds=seconds / 2, expected=OK)
    share = kept.generator_ms / (kept.seconds * 1000)
    return Row(
        work=f"public pages kept ready, {len(paths)} of them, {CALLERS} callers",
        ours=(
            f"{kept.rate:,.0f}/s, p50 {shown(percentile(kept.milliseconds, 0.5))},"
            f" p99 {shown(percentile(kept.milliseconds, 0.99))}; {used:.2f} ms of processor each;"
            f" asking took {share:.0%} of one more"
        ),
        floor=f"{drawn.rate:,.0f}/s, promise pages drawn each time",
        ratio=f"{kept.rate / drawn.rate:.0f} times as many",
        must=f"≥ {LEAST:,}/s on two processors",
        holds=kept.rate >= LEAST,
    )
