"""
What the installation counts of itself, for Prometheus.

Two kinds of figures. What each request adds to is counted in the process that
answers it; with several web processes every one keeps its own file in the folder
`PROMETHEUS_MULTIPROC_DIR`, and a scrape adds them up, whichever process it meets.
What stands in the database is asked when somebody scrapes, at most every
`FRESH` seconds: an app declares it from its handlers with `@measure`.

No label ever holds an address, a name or an id: views are named as in the urls.
"""

import os
import platform
import time
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from threading import Lock

import django
from django.db import DatabaseError
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

Measured = float | Mapping[str, float] | None
FRESH = 15  # seconds during which what the database said is told again
FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # the library's own name for it

_registry = CollectorRegistry()
_seconds = Histogram(
    "onegrid_request_seconds",
    "Time from a request's way through the door to its answer, by view.",
    ["view"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=_registry,
)
_requests = Counter("onegrid_requests", "Requests answered.", ["view", "status"], registry=_registry)
_statements = Counter("onegrid_statements", "SQL statements sent while answering.", ["view"], registry=_registry)
_slow = Counter("onegrid_slow_statements", "SQL statements slower than ONEGRID_SLOW_QUERY_MS.", registry=_registry)
_shed = Counter("onegrid_requests_shed", "Requests refused early because too many were waiting.", registry=_registry)
_children: dict[tuple[str, int], tuple[Histogram, Counter, Counter]] = {}


def count_request(*, view: str, status: int, seconds: float, statements: int) -> None:
    """Add one answered request; status by its first digit, so that a view has five of them at most."""
    try:
        took, answered, sent = _children[view, status // 100]
    except KeyError:  # looked up once: `labels` costs more than counting
        took, answered, sent = _children[view, status // 100] = (
            _seconds.labels(view),
            _requests.labels(view, f"{status // 100}xx"),
            _statements.labels(view),
        )
    took.observe(seconds)
    answered.inc()
    if statements:
        sent.inc(statements)


def count_slow_statement() -> None:
    """Add one statement that took too long."""
    _slow.inc()


def count_shed() -> None:
    """Add one request that was refused before any work was done for it."""
    _shed.inc()


def measure(
    name: str, description: str, *, label: str = ""
) -> Callable[[Callable[[], Measured]], Callable[[], Measured]]:
    """
    Declare the decorated function as the gauge `onegrid_<name>`, asked when somebody scrapes.

    It returns a number, or with a `label` a number for each of its values, or
    nothing when there is nothing to say.
    """

    def register(function: Callable[[], Measured]) -> Callable[[], Measured]:
        _measures[name] = (function, description, label)
        return function

    return register


def exposition() -> bytes:
    """Return everything in the text format of Prometheus."""
    folder = os.environ.get(FOLDER)
    registry = CollectorRegistry() if folder else _registry
    if folder:
        MultiProcessCollector(registry, path=folder)  # type: ignore[no-untyped-call]  # theirs
    return generate_latest(registry) + generate_latest(_asked)


class _Measures(Collector):
    """The figures that stand in the database, and what this software is."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: tuple[float, list[GaugeMetricFamily]] = (-FRESH, [])

    def describe(self) -> list[GaugeMetricFamily]:
        """Say nothing: asking the database only to learn the names is not worth it."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Return what was last asked, asking anew when that is old."""
        with self._lock:
            if time.monotonic() - self._known[0] >= FRESH:
                self._known = (time.monotonic(), list(_ask()))
        yield from self._known[1]

    def forget(self) -> None:
        """Ask anew next time, however soon that is."""
        self._known = (-FRESH, [])


def _ask() -> Iterator[GaugeMetricFamily]:
    labels = {"version": version("onegrid"), "python": platform.python_version(), "django": django.__version__}
    build = GaugeMetricFamily("onegrid_build_info", "Which version this is.", labels=list(labels))
    build.add_metric(list(labels.values()), 1)
    yield build
    reachable = True
    for name, (function, description, label) in _measures.items():
        try:
            value = function()
        except DatabaseError:
            reachable = False
            break
        if value is not None:
            yield _family(f"onegrid_{name}", description, label=label, value=value)
    yield GaugeMetricFamily("onegrid_database_reachable", "1 when the database answered.", value=float(reachable))


def _family(name: str, description: str, *, label: str, value: float | Mapping[str, float]) -> GaugeMetricFamily:
    if not isinstance(value, Mapping):
        return GaugeMetricFamily(name, description, value=float(value))
    family = GaugeMetricFamily(name, description, labels=[label])
    for key, number in value.items():
        family.add_metric([key], float(number))
    return family


_measures: dict[str, tuple[Callable[[], Measured], str, str]] = {}
_asked = CollectorRegistry()
_collector = _Measures()
_asked.register(_collector)
