"""A pack as it lies in its folder: rows of text with the lines they stand in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, Final

TABLES: Final = (
    "units",
    "posts",
    "accounts",
    "system_accounts",
    "grid_workers",
    "categories",
    "admissions",
    "routing",
    "reply_templates",
)
OPTIONAL: Final = frozenset({"reply_templates"})  # packs were written before there was such a file
STAGES: Final = ("accept", "check", "file", "dispatch", "handle", "verify", "close")
BETWEEN: Final = ";"  # several values in one cell


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a pack: where it stands, and why, in the reader's language."""

    file: str
    row: int | None  # the line, or the number of the feature in a file of areas
    column: str
    reason: str


@dataclass(frozen=True)
class Row:
    """One line of a table. Cells are text as written."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Return a cell; a column that is not there is as good as empty."""
        return self.cells.get(column, "")

    def many(self, column: str) -> list[str]:
        """Return the values of a cell that holds several."""
        return [value.strip() for value in self[column].split(BETWEEN) if value.strip()]

    def yes(self, column: str) -> bool:
        """Return whether a cell says yes."""
        return self[column] == "yes"

    def day(self, column: str) -> date | None:
        """Return a cell's day, if it holds one."""
        return date.fromisoformat(self[column]) if self[column] else None

    def hour(self, column: str) -> time | None:
        """Return a cell's time of day, if it holds one."""
        return time.fromisoformat(self[column]) if self[column] else None


@dataclass(frozen=True)
class Table:
    """One file of rows."""

    file: str
    rows: Sequence[Row] = ()

    def __iter__(self) -> Iterator[Row]:
        """Go through the rows in the order of the file."""
        return iter(self.rows)

    def column(self, name: str) -> dict[str, Row]:
        """Return the rows by one of their cells; of several with the same, the first."""
        return {row[name]: row for row in reversed(self.rows)}


@dataclass(frozen=True)
class Sheet:
    """One file of areas: the features of one level by their number in the file."""

    file: str
    level: str
    features: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Edition:
    """The areas as they stand from a day on, from the district down to the grids."""

    code: str
    opens_on: date
    sheets: Sequence[Sheet]


@dataclass
class Pack:
    """Everything read from one folder, faulty or not."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    editions: list[Edition] = field(default_factory=list)
    tables: dict[str, Table] = field(default_factory=dict)
    forms: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    calendars: Mapping[str, Any] = field(default_factory=dict)  # nothing where the pack leaves the file out

    def __getitem__(self, table: str) -> Table:
        """Return a table; one that could not be read has no rows."""
        return self.tables.get(table, Table(f"{table}.csv"))

    def edition(self, code: str) -> Edition | None:
        """Return the edition with that code, if the pack has it."""
        return next((edition for edition in self.editions if edition.code == code), None)

    def form_of(self, code: str) -> Mapping[str, Any]:
        """Return the questions of a category: its own, else those of the nearest group that has some."""
        while code and code not in self.forms:
            code = parent_code(code)
        return self.forms.get(code, {})

    def procedure_of(self, code: str) -> Mapping[str, Any]:
        """Return what the pack says of a category's procedure: of all, then of its groups, then of itself."""
        said = {entry["category"]: entry for entry in self.facts.get("procedures", ())}
        parts = code.split(".")
        names = ["", *(".".join(parts[: depth + 1]) for depth in range(len(parts)))]
        merged = {key: value for name in names for key, value in said.get(name, {}).items()}
        return {key: value for key, value in merged.items() if key != "category"}


def parent_code(code: str) -> str:
    """Return the code of the group a category stands in, empty at the top."""
    return code.rpartition(".")[0]
