"""Read a pack's folder, as far as it can be read, and note what could not."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from django.utils.translation import gettext as _

from onegrid.packs.rules.calendars import FILE as CALENDARS
from onegrid.packs.rules.facts import FILE as FACTS
from onegrid.packs.rules.facts import fact_faults
from onegrid.packs.rules.pack import OPTIONAL, TABLES, Edition, Fault, Pack, Row, Sheet, Table
from onegrid.packs.rules.shape import document_faults, header_faults, row_faults

SCHEMAS: Final = Path(__file__).parents[1] / "schemas"
SHEETS: Final = {"district": "district", "townships": "township", "communities": "community", "grids": "grid"}


@cache
def schema(name: str) -> Mapping[str, Any]:
    """Return the published schema of one kind of file."""
    found: Mapping[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf8"))
    return found


def facts(folder: Path) -> Mapping[str, Any]:
    """Return what `pack.yaml` says of the district, nothing if it is faulty."""
    return Reading(folder).described().pack.facts


@dataclass
class Reading:
    """One walk through a folder: what was read and what is wrong so far."""

    folder: Path
    pack: Pack = field(default_factory=Pack)
    faults: list[Fault] = field(default_factory=list)

    def whole(self) -> "Reading":
        """Read every file of the pack."""
        self.described()
        for entry in self.pack.facts.get("editions", ()):
            self._edition(entry)
        for name in TABLES:
            self._table(name)
        if (self.folder / CALENDARS).exists():
            self.pack.calendars = self._yaml(CALENDARS, schema("calendars")) or {}
        for path in sorted(self.folder.glob("forms/*.json")):
            form = self._json(f"forms/{path.name}", schema("form"))
            if form is not None:
                self.pack.forms[path.stem] = form
        return self

    def _text(self, file: str) -> str | None:
        try:
            return (self.folder / file).read_text(encoding="utf-8-sig")
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            self.faults.append(Fault(file, None, "", _("This file is missing.")))
        except UnicodeDecodeError as error:
            line = (self.folder / file).read_bytes()[: error.start].count(b"\n") + 1
            self.faults.append(Fault(file, line, "", _("This is not text in UTF-8.")))
        return None

    def _valid(self, file: str, document: object, wanted: Mapping[str, Any]) -> bool:
        found = list(document_faults(file, document, wanted))
        self.faults += found
        return not found

    def described(self) -> "Reading":
        """Read the description of the district alone."""
        loaded = self._yaml(FACTS, schema("pack"))
        if loaded is not None:
            self.pack.facts = loaded
            self.faults += fact_faults(loaded)
        return self

    def _yaml(self, file: str, wanted: Mapping[str, Any]) -> Any:  # noqa: ANN401  # checked against its schema
        text = self._text(file)
        if text is None:
            return None
        try:
            document = _days_as_text(yaml.safe_load(text))
        except (yaml.YAMLError, ValueError) as error:  # the latter for days that do not exist
            mark = getattr(error, "problem_mark", None)
            reason = _("This is not YAML: %(why)s") % {"why": getattr(error, "problem", None) or error}
            self.faults.append(Fault(file, mark.line + 1 if mark else None, "", reason))
            return None
        return document if self._valid(file, document, wanted) else None

    def _edition(self, entry: Mapping[str, str]) -> None:
        sheets = []
        for key, level in SHEETS.items():
            document = self._json(entry[key], schema("areas"))
            if document is None:
                continue
            features = self._features(entry[key], level, document["features"])
            sheets.append(Sheet(entry[key], level, features))
        if len(sheets) == len(SHEETS):
            self.pack.editions.append(Edition(entry["code"], date.fromisoformat(entry["opens_on"]), sheets))

    def _features(self, file: str, level: str, features: Iterable[Mapping[str, Any]]) -> dict[int, Mapping[str, Any]]:
        sound = {}
        for number, feature in enumerate(features, 1):
            known = {key: feature[key] for key in ("type", "properties") if key in feature}
            known["geometry"] = {"type": (feature.get("geometry") or {}).get("type")}
            found = list(document_faults(file, known, schema(f"area-{level}"), row=number))
            self.faults += found
            if not found:
                sound[number] = feature
        return sound

    def _json(self, file: str, wanted: Mapping[str, Any]) -> Any:  # noqa: ANN401  # checked against its schema
        text = self._text(file)
        if text is None:
            return None
        try:
            document = json.loads(text)
        except json.JSONDecodeError as error:
            self.faults.append(Fault(file, error.lineno, "", _("This is not JSON: %(why)s") % {"why": error.msg}))
            return None
        return document if self._valid(file, document, wanted) else None

    def _table(self, name: str) -> None:
        file = f"{name}.csv"
        if name in OPTIONAL and not (self.folder / file).exists():
            return
        text = self._text(file)
        if text is None:
            return
        lines = csv.reader(io.StringIO(text, newline=""), strict=True)
        rows: list[Row] = []
        columns: list[str] = []
        try:
            columns = next(lines, [])
            for cells in lines:
                if len(cells) == len(columns):
                    rows.append(Row(lines.line_num, dict(zip(columns, map(str.strip, cells), strict=True))))
                elif cells:
                    values = {"found": len(cells), "wanted": len(columns)}
                    reason = _("This row has %(found)d cells, not %(wanted)d.") % values
                    self.faults.append(Fault(file, lines.line_num, "", reason))
        except csv.Error as error:
            reason = _("This is not CSV: %(why)s") % {"why": error}
            self.faults.append(Fault(file, lines.line_num, "", reason))
        self.pack.tables[name] = table = Table(file, rows)
        self.faults += header_faults(file, columns, schema(name))
        self.faults += row_faults(table, schema(name))


def _days_as_text(value: Any) -> Any:  # noqa: ANN401  # whatever YAML holds
    if isinstance(value, dict):
        return {str(key): _days_as_text(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_days_as_text(entry) for entry in value]
    return value.isoformat() if isinstance(value, date) else value
