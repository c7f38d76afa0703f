"""Intake over HTTP, durable, with everything that belongs to a case, against pgbench sending the same statement."""

import itertools
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from benchmarks import base, floor
from benchmarks.callers import Caller
from benchmarks.installation import Site
from benchmarks.load import Samples, drive, percentile, request
from benchmarks.rows import Row, shown
from onegrid.catalogue.public import catalogue
from onegrid.core.ids import new_id
from onegrid.dispatch.public import ReportedCase

PATH = "/api/v1/cases"
VARIETY = 200  # different reports, sent in turn under fresh ids
SHARE = 0.25  # DESIGN §8: at least this of pgbench's rate
MOST_STATEMENTS = 12
MODES = ("simple", "prepared")
BLANK = "00000000-0000-7000-8000-000000000000"


@dataclass
class _Rounds:
    ours: list[Samples] = field(default_factory=list)
    processor_ms: float = 0
    floors: dict[str, list[Samples]] = field(default_factory=lambda: {mode: [] for mode in MODES})


def measure(site: Site, caller: Caller, *, seconds: float, rounds: int) -> list[Row]:
    """Return one row for each number of connections and each way in which pgbench speaks."""
    bodies, count = _bodies(), _statements(caller)
    make = maker(caller)
    same = [floor.intake_statement(_report(body), by=caller.user, at=now()) for body in bodies[:40]]
    drive(site.port, make=make, connections=8, seconds=2, expected=201)  # every worker has read its snapshots
    rows = []
    for connections in (8, 16):
        found = _Rounds()
        for _ in range(rounds):
            for mode in MODES:
                found.floors[mode].append(floor.pgbench(same, mode=mode, connections=connections, seconds=seconds))
            used = site.processor_time()
            found.ours.append(drive(site.port, make=make, connections=connections, seconds=seconds, expected=201))
            found.processor_ms += site.processor_time() - used
        rows += [_row(found, mode, connections=connections, statements=count) for mode in MODES]
    return rows


def _row(found: _Rounds, mode: str, *, connections: int, statements: int) -> Row:
    ratios = [ours.rate / theirs.rate for ours, theirs in zip(found.ours, found.floors[mode], strict=True)]
    requests = sum(len(samples.milliseconds) for samples in found.ours)
    asking = sum(samples.generator_ms for samples in found.ours) / requests
    return Row(
        work=f"intake, {connections} connections, pgbench {mode}",
        ours=(
            f"{_said(found.ours)}; of processor each {found.processor_ms / requests:.2f} ms in the web processes"
            f" and {asking:.2f} ms for asking"
        ),
        floor=_said(found.floors[mode]),
        ratio=f"{median(ratios):.2f} of it ({min(ratios):.2f}–{max(ratios):.2f})",
        statements=str(statements),
        must=f"≥ {SHARE} of it, ≤ {MOST_STATEMENTS} statements",
        holds=median(ratios) >= SHARE and statements <= MOST_STATEMENTS,
    )


def _said(rounds: list[Samples]) -> str:
    times = [each for samples in rounds for each in samples.milliseconds]
    rate = median(samples.rate for samples in rounds)
    return f"{rate:.0f}/s, p50 {shown(percentile(times, 0.5))}, p99 {shown(percentile(times, 0.99))}"


def _bodies() -> list[dict[str, object]]:
    generator = random.Random(7)  # noqa: S311 — repeatable, not secret
    kinds = [kind.code for kind in catalogue().by_code.values() if kind.is_leaf]
    return [
        {
            "id": BLANK,
            "text": f"{generator.choice(base.WORDS)}，{generator.choice(base.PLACES)}口，行人绕行，请尽快处理。",
            "x": point.lon,
            "y": point.lat,
            "category": generator.choice(kinds),
            "address": f"{generator.choice(base.PLACES)} {generator.randrange(1, 400)} 号",
        }
        for point in base.places(VARIETY, seed=7)
    ]


def _report(body: dict[str, object]) -> ReportedCase:
    text, x, y = body["text"], body["x"], body["y"]
    assert isinstance(text, str)
    assert isinstance(x, float)
    assert isinstance(y, float)
    return ReportedCase(
        id=new_id(), text=text, x=x, y=y, category_code=str(body["category"]), address=str(body["address"])
    )


def maker(caller: Caller) -> Callable[[], bytes]:
    """Return what makes the next request; only the id is new, so that making costs next to nothing."""
    headers = {**caller.headers(), "Content-Type": "application/json"}
    ready = [request("POST", PATH, headers=headers, body=json.dumps(body).encode()) for body in _bodies()]
    turn, blank = itertools.cycle(ready), BLANK.encode()
    return lambda: next(turn).replace(blank, str(new_id()).encode())


def _statements(caller: Caller) -> int:
    """Count every statement of one warm intake, through all middleware, with BEGIN and COMMIT."""
    client = Client(headers={"host": "localhost", "authorization": f"Bearer {caller.key}"})
    for body in _bodies()[:2]:
        sent = json.dumps(body).replace(BLANK, str(new_id()))
        with CaptureQueriesContext(connection) as captured:
            answer = client.post(PATH, sent, content_type="application/json")
        assert answer.status_code == 201, answer.content  # noqa: PLR2004
    return len(captured)
