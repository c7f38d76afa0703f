"""The directory of units, held in memory: who does what, where."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from onegrid.core.names import in_language, in_readers_language
from onegrid.core.pagination import Slice, cursor, place
from onegrid.core.snapshots import Snapshot
from onegrid.units.models import Unit, UnitKind

FoundT = TypeVar("FoundT")
SNAPSHOT = "units"  # one generation for units and their calendars: who follows which depends on both


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitEntry:
    """One unit as the directory knows it; `area_path` is the codes from the district down."""

    id: UUID
    code: str
    name: str
    name_en: str
    kind: UnitKind
    function: str
    level: str
    area_path: str
    is_open: bool

    def named(self, language: str) -> str:
        """Return its name in the reader's language."""
        return in_language(language, self.name, self.name_en)


@dataclass(frozen=True, kw_only=True)
class Directory:
    """Every unit, also closed ones by id, so that old cases still name theirs."""

    by_id: Mapping[UUID, UnitEntry]
    by_code: Mapping[str, UnitEntry]
    by_name: Mapping[str, UnitEntry]
    by_function: Mapping[tuple[str, str], UnitEntry]
    by_kind: Mapping[tuple[UnitKind, str], UnitEntry]

    def find(self, function: str, area_path: str) -> UnitEntry | None:
        """
        Return the unit of one function that is responsible for a place, nearest first.

        The search climbs from the place's grid over community and township to the district.
        """
        return nearest(area_path, lambda path: self.by_function.get((function, path)))

    def centre(self, area_path: str) -> UnitEntry | None:
        """Return the command centre responsible for a place: the township's, else the district's."""
        return nearest(area_path, lambda path: self.by_kind.get((UnitKind.CENTRE, path)))

    def grid_team(self, area_path: str) -> UnitEntry | None:
        """Return the grid team responsible for a place."""
        return nearest(area_path, lambda path: self.by_kind.get((UnitKind.GRID_TEAM, path)))


def nearest(area_path: str, look: Callable[[str], FoundT | None]) -> FoundT | None:
    """Return what is found at a place, else at the nearest area above it."""
    path = area_path
    while path:
        if found := look(path):
            return found
        path = path.rpartition("/")[0]
    return None


def _build() -> Directory:
    rows = Unit.objects.select_related("area").defer("area__outline").order_by("code")
    entries = [
        UnitEntry(
            id=unit.pk,
            code=unit.code,
            name=unit.name,
            name_en=unit.name_en,
            kind=UnitKind(unit.kind),
            function=unit.function,
            level=unit.area.level,
            area_path=unit.area.path,
            is_open=unit.closes_on is None,
        )
        for unit in rows
    ]
    standing = [entry for entry in entries if entry.is_open]
    return Directory(
        by_id={entry.id: entry for entry in entries},
        by_code={entry.code: entry for entry in standing},
        # A name that was given again means the unit that stands.
        by_name={entry.name: entry for entry in sorted(entries, key=lambda entry: entry.is_open)},
        # Where two units share a function in one area, the first code wins, always the same.
        by_function={(entry.function, entry.area_path): entry for entry in reversed(standing)},
        by_kind={(entry.kind, entry.area_path): entry for entry in reversed(standing)},
    )


_snapshot = Snapshot(SNAPSHOT, _build)


def directory() -> Directory:
    """Return the directory as it stands now, from memory."""
    return _snapshot.get()


def kept_unit_name(name: str, name_en: str = "") -> str:
    """
    Return the name of a unit that was kept when something happened, in the reader's language.

    The English one, where it was not kept beside, is that of the unit now called so; else the Chinese stands.
    """
    unit = None if name_en else directory().by_name.get(name)
    return in_readers_language(name, unit.name_en if unit else name_en)


def standing_units(
    *, kind: UnitKind | None = None, function: str = "", area: str = "", after: str = "", limit: int
) -> Slice[UnitEntry]:
    """
    Return units that stand now, by code, from memory; `area` is the code of where they work.

    :raises UnknownCursorError: if `after` is no place in the list.
    """
    (last,) = place(after, tuple[str]) if after else ("",)
    fitting = [
        unit
        for code, unit in sorted(directory().by_code.items())
        if code > last
        and kind in {None, unit.kind}
        and function in {"", unit.function}
        and area in {"", unit.area_path.rpartition("/")[2]}
    ]
    return Slice(rows=fitting[:limit], next_after=cursor(fitting[limit - 1].code) if len(fitting) > limit else "")
