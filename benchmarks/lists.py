"""The queue page, its twin in the API, search and the map, each against the bare statements that it sends."""

import gzip
from contextlib import closing
from dataclasses import dataclass, replace
from statistics import median

from benchmarks import floor
from benchmarks.callers import ACCEPTOR, DESK, UNIT, Caller, timed
from benchmarks.load import Line
from benchmarks.rows import Pair, Row, in_turn, shown
from onegrid.core.pagination import PAGE_SIZE

MOST_STATEMENTS = 10
MOST_GROWTH = 1.5
WHOLE = "120.4,27.7,121.0,28.2"
NEAR = "120.655,27.925,120.675,27.940"


@dataclass(frozen=True)
class Question:
    """
    One address that somebody asks, and how many times the bare statements it may take.

    Where `most_ms` is said, that is asked of it at a million cases, and else that it hardly grows.
    """

    work: str
    who: str
    path: str
    most: float
    most_bytes: int = 0
    most_ms: float = 0


QUEUES = (
    Question("queue page, township's desk, one filter", DESK, "/queue/?scope=all&category=daily", 2.5),
    Question("its API twin", DESK, "/api/v1/cases?scope=all&is_open=true&order=due&category=daily", 2.5),
    Question("queue page, a department's unit", UNIT, "/queue/?scope=unit&status=dispatched", 2.5),
    Question("queue page, district's desk, everything open", ACCEPTOR, "/queue/?scope=all", 2.5),
    Question("search page, a common word", ACCEPTOR, "/queue/?q=%E4%BA%95%E7%9B%96", 2.5, most_ms=50),
    Question("search page, another township's name", DESK, "/queue/?q=%E5%8D%97%E7%99%BD", 2.5, most_ms=50),
    Question("search page, a department's unit, a common word", UNIT, "/queue/?q=%E6%B6%88%E9%98%B2", 2.5, most_ms=50),
)
ZOOMS = (("townships", 11, WHOLE), ("communities", 13, WHOLE), ("grids", 15, WHOLE), ("single cases", 17, NEAR))
MAPS = (
    *(
        Question(f"map, API, {words}", ACCEPTOR, f"/api/v1/map?zoom={zoom}&bbox={box}", 3, 150_000)
        for words, zoom, box in ZOOMS
    ),
    Question("map page with its counts", ACCEPTOR, "/map/", 3, 150_000),
)


@dataclass(frozen=True)
class Measured:
    """One question as it was answered."""

    question: Question
    pair: Pair
    statements: int
    rows: int
    size: int
    unpacked: int


def measure(
    port: int, callers: dict[str, Caller], questions: tuple[Question, ...], *, seconds: float
) -> list[Measured]:
    """Ask each question and its bare statements in turn, over one connection each."""
    return [_measured(port, callers[question.who], question, seconds=seconds) for question in questions]


def small_row(found: Measured, *, cases: int) -> Row:
    """Return the table's row for a base that is only there to compare with."""
    return replace(_row(found, cases=cases, must="", also="", holds=True), holds=None)


def queue_row(found: Measured, *, cases: int, small: Measured) -> Row:
    """
    Return the table's row; it also says how much slower this is than the same at 10,000 cases.

    That is asked of full pages. One with four rows at 10,000 and fifty here does twelve times as much here.
    """
    took, most_ms = median(found.pair.ours), found.question.most_ms
    slower, is_alike = took / median(small.pair.ours), small.rows >= PAGE_SIZE
    also = f"; ≤ {most_ms:.0f} ms" if most_ms else f"; ≤ {MOST_GROWTH} × at 10,000" if is_alike else ""
    return _row(
        found,
        cases=cases,
        must=f"≤ {found.question.most} ×, ≤ {MOST_STATEMENTS} statements{also}",
        also=f"; {slower:.2f} × itself at 10,000{'' if is_alike else f', where it has {small.rows} rows'}",
        holds=took <= most_ms if most_ms else slower <= MOST_GROWTH or not is_alike,
    )


def map_row(found: Measured, *, cases: int) -> Row:
    """Return the table's row, with the size on the line."""
    sizes = f"; {found.size / 1000:.1f} kB compressed, {found.unpacked / 1000:.0f} kB unpacked"
    most = found.question.most_bytes
    return _row(
        found, cases=cases, must=f"≤ {most // 1000} kB, ≤ {found.question.most} ×", also=sizes, holds=found.size <= most
    )


def _row(found: Measured, *, cases: int, must: str, also: str, holds: bool) -> Row:
    ratio = found.pair.ratio
    return Row(
        work=f"{found.question.work}, {cases:,} cases",
        ours=f"p50 {shown(median(found.pair.ours))}{also}",
        floor=f"p50 {shown(median(found.pair.floor))}",
        ratio=f"{ratio:.1f} × ({found.pair.spread()})",
        statements=str(found.statements),
        must=must,
        holds=holds and ratio <= found.question.most and found.statements <= MOST_STATEMENTS,
    )


def _measured(port: int, caller: Caller, question: Question, *, seconds: float) -> Measured:
    statements, message = caller.statements(question.path), caller.get(question.path)
    with closing(Line(port)) as line:
        body = line.ask(message).body
        pair = in_turn(timed(line, message), floor.bare(statements), seconds=seconds)
    is_packed = body[:2] == b"\x1f\x8b"
    return Measured(
        question=question,
        pair=pair,
        statements=len(statements),
        rows=floor.most_rows(statements),
        size=len(body),
        unpacked=len(gzip.decompress(body)) if is_packed else len(body),
    )
