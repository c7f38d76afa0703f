"""
Snapshots: small reference data held in memory, rebuilt when its rows change.

Areas, units, categories and rules are read a thousand times for every change.
An app declares a `Snapshot` of them; the action that changes the rows calls
`bump`, and every process notices within seconds, because a middleware compares
generations in one query (`refresh_if_due`); who writes, does so first. A snapshot
never asks the database on its own between two refreshes.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from onegrid.core.ids import new_id
from onegrid.core.models import Generation

KeyT = TypeVar("KeyT")
ValueT = TypeVar("ValueT")
ViewT = TypeVar("ViewT", bound=Callable[..., object])
LONGEST = 60  # seconds
_READS = frozenset({"GET", "HEAD", "OPTIONS"})

_patient: set[Callable[..., object]] = set()

_declared: list["Snapshot[Any]"] = []
_current: dict[str, UUID] = {}
_refreshed_at: list[float] = []


class Snapshot(Generic[ValueT]):
    """One value built from the database and kept until its generation changes."""

    def __init__(self, name: str, build: Callable[[], ValueT]) -> None:
        self.name = name
        self._build = build
        self._lock = Lock()
        self._built: tuple[UUID | None, ValueT] | None = None
        _declared.append(self)

    def get(self) -> ValueT:
        """Return the value, building it first if its rows have changed since."""
        if not _refreshed_at:
            refresh()
        wanted = _current.get(self.name)
        if self._built is None or self._built[0] is not wanted:
            with self._lock:
                if self._built is None or self._built[0] is not wanted:
                    self._built = (wanted, self._build())
        return self._built[1]

    def forget(self) -> None:
        """Build the value anew when it is next asked for."""
        self._built = None


class Remembered(Generic[KeyT, ValueT]):
    """
    Values by key, read when first asked for and kept until their generation changes.

    For what many may change: after `LONGEST` seconds a value is read again even
    if nobody called `bump`, so that a row changed by hand counts within a minute.
    """

    def __init__(self, name: str, read: Callable[[KeyT], ValueT | None]) -> None:
        self.name = name
        self._read = read
        self._kept: Snapshot[dict[KeyT, tuple[float, ValueT]]] = Snapshot(name, dict)

    def get(self, key: KeyT) -> ValueT | None:
        """Return the value of a key; that there is none is not remembered."""
        kept, now = self._kept.get(), time.monotonic()
        found = kept.get(key)
        if found and now - found[0] < LONGEST:
            return found[1]
        value = self._read(key)
        if value is not None:
            kept[key] = now, value
        return value


def refresh() -> None:
    """Learn the current generation of every snapshot. One query."""
    generations = dict(Generation.objects.values_list("name", "value"))
    # One that stays the same stays the same object, by which a snapshot knows it.
    changed = {name: value for name, value in generations.items() if value != _current.get(name)}
    _current.update(changed)  # first: at no time may another thread find a name gone that is there
    for name in _current.keys() - generations.keys():
        del _current[name]
    _refreshed_at[:] = [time.monotonic()]


def refresh_if_due() -> None:
    """Do so, unless it was done within the last `SNAPSHOT_SECONDS`."""
    if not _refreshed_at or time.monotonic() - _refreshed_at[0] >= settings.SNAPSHOT_SECONDS:
        refresh()


def bump(name: str) -> None:
    """Declare the rows behind a snapshot changed, in the caller's transaction; this process sees it at once."""
    value = new_id()
    Generation.objects.update_or_create(name=name, defaults={"value": value})
    _current[name] = value
    # Another reader of this process may have rebuilt from the old rows meanwhile.
    transaction.on_commit(refresh)


def generation_of(name: str) -> UUID | None:
    """
    Return which state of the rows behind a snapshot this process knows; none while nothing ever changed them.

    As fresh as the snapshot itself. Kept with what was worked out from the rows, it tells later if that still holds.
    """
    if not _refreshed_at:
        refresh()
    return _current.get(name)


def forget(name: str) -> None:
    """Let this process build a snapshot anew, although nobody said that its rows have changed."""
    for snapshot in _declared:
        if snapshot.name == name:
            snapshot.forget()


class FreshSnapshots:
    """
    Middleware: let each request start from snapshots at most `SNAPSHOT_SECONDS` old, one that writes from those of now.

    So nothing is written down for good that was worked out from what another process has changed before.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        refresh_if_due()
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], _args: Sequence[object], _named: Mapping[str, object]
    ) -> None:
        """Learn what is new before a view writes, unless it can wait."""
        if request.method not in _READS and view not in _patient:
            refresh()


def worked_out_again(view: ViewT) -> ViewT:
    """
    Let a view write from snapshots up to `SNAPSHOT_SECONDS` old.

    For the hottest path alone, where all that it writes from them is worked out again when they have changed.
    """
    _patient.add(view)
    return view


def fresh_for_a_job(run: Callable[[], object], _context: object, _worker: object) -> object:
    """Let a job in the background start from the snapshots of now, for what it writes; a middleware of the queue."""
    refresh()
    return run()
