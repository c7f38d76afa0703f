"""Whether the categories of a pack, their admissions and forms are complete and agree with each other."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from onegrid.packs.rules.facts import FILE as FACTS
from onegrid.packs.rules.pack import STAGES, Fault, Pack, Row, parent_code
from onegrid.packs.rules.people import unknown
from onegrid.packs.rules.responsibility import Responsibility
from onegrid.packs.rules.shape import same_cell_twice

LEVELS = ("grid", "township", "district")
TEXTS = ("filing_condition", "filing_condition_en", "closing_condition", "closing_condition_en")
NEEDED = (*TEXTS, "proof", *(f"limit_{stage}" for stage in STAGES), "time_unit", "lowest_level", "sensitivity")
ONLY_FOR_LEAVES = (*NEEDED, *(f"lead_{level}" for level in LEVELS))


def category_faults(pack: Pack) -> Iterator[Fault]:
    """Name everything wrong with the category tree."""
    table = pack["categories"]
    yield from same_cell_twice(table, "code")
    groups = {parent_code(row["code"]) for row in table}
    responsibility = Responsibility(pack)
    admitted = {row["category"] for row in pack["admissions"]}
    above: set[str] = set()
    for row in table:
        for column, text in _misplaced(row, above):
            yield Fault(table.file, row.line, column, text)
        above.add(row["code"])
        complaints = _group(row) if row["code"] in groups else _leaf(row, responsibility, admitted)
        for column, text in complaints:
            yield Fault(table.file, row.line, column, text)


def admission_faults(pack: Pack) -> Iterator[Fault]:
    """Name everything wrong with the register of admissions."""
    table = pack["admissions"]
    yield from unknown(table, "category", pack["categories"].column("code"))
    yield from unknown(table, "owner", pack["units"].column("code"))
    seen: dict[tuple[str, str], Row] = {}
    for row in table:
        first = seen.setdefault((row["category"], row["decision"]), row)
        if first is not row:
            text = _("This category and decision already stand in row %(row)d.") % {"row": first.line}
            yield Fault(table.file, row.line, "decision", text)
        if row.yes("temporary") and not row["valid_until"]:
            yield Fault(table.file, row.line, "valid_until", _("A temporary admission must have an end."))
        if row["valid_until"] and row["valid_until"] < row["valid_from"]:
            yield Fault(table.file, row.line, "valid_until", _("The end lies before the beginning."))
        if row["decided_on"] > row["valid_from"]:
            yield Fault(table.file, row.line, "valid_from", _("It is in force before it was decided."))


def form_faults(pack: Pack) -> Iterator[Fault]:
    """Name everything wrong with the forms of extra questions."""
    codes = pack["categories"].column("code")
    for code, form in pack.forms.items():
        file = f"forms/{code}.json"
        if code not in codes:
            yield Fault(file, None, "", _("No category is called “%(code)s”.") % {"code": code})
        try:
            Draft202012Validator.check_schema(form)
        except SchemaError as error:
            place = ".".join(str(part) for part in error.absolute_path)
            yield Fault(file, None, place, _("This is not a valid JSON Schema: %(why)s") % {"why": error.message})
            continue
        for place in _untitled(form):
            yield Fault(file, None, place, _("This needs a title and a title_en."))


def procedure_faults(pack: Pack) -> Iterator[Fault]:
    """Name the procedures of categories that are not there."""
    codes = pack["categories"].column("code")
    for number, entry in enumerate(pack.facts.get("procedures", ())):
        if entry["category"] and entry["category"] not in codes:
            text = _("No category is called “%(code)s”.") % {"code": entry["category"]}
            yield Fault(FACTS, None, f"procedures.{number}.category", text)


def _misplaced(row: Row, above: set[str]) -> Iterator[tuple[str, str]]:
    parent = parent_code(row["code"])
    if parent and parent not in above:
        yield "code", _("“%(value)s” is not among the rows above.") % {"value": parent}


def _group(row: Row) -> Iterator[tuple[str, str]]:
    for column in ONLY_FOR_LEAVES:
        if row[column]:
            yield column, _("A group takes no cases, so this must be empty.")


def _leaf(row: Row, responsibility: Responsibility, admitted: set[str]) -> Iterator[tuple[str, str]]:
    for column in NEEDED:
        if not row[column]:
            yield column, _("A category that takes cases needs this.")
    if "." not in parent_code(row["code"]):
        yield "code", _("A category that takes cases stands on the third level or below.")
    yield from _leads(row, responsibility)
    given = any(row["code"] == code or row["code"].startswith(f"{code}.") for code in admitted)
    if row.yes("grid_workers") and not given:
        yield "grid_workers", _("No decision admits it to grid workers.")
    if given and not row.yes("grid_workers"):
        yield "grid_workers", _("A decision admits it to grid workers.")
    if row["lowest_level"] == "grid" and not row.yes("grid_workers"):
        yield "lowest_level", _("A grid cannot own what grid workers may not be given.")


def _leads(row: Row, responsibility: Responsibility) -> Iterator[tuple[str, str]]:
    if row["lowest_level"] not in LEVELS:
        return
    first = LEVELS.index(row["lowest_level"])
    for position, level in enumerate(LEVELS):
        function = row[f"lead_{level}"]
        if position >= first and not function:
            yield f"lead_{level}", _("From the lowest level up, every level needs a lead unit.")
        elif position < first and function:
            yield f"lead_{level}", _("No case is owned below the lowest level, so this must be empty.")
        elif function and (area := responsibility.gap(function, level)):
            text = _("No unit with the function “%(function)s” is responsible for %(area)s.")
            yield f"lead_{level}", text % {"function": function, "area": area}


def _untitled(form: Mapping[str, Any]) -> Iterator[str]:
    properties = form.get("properties")
    for name, question in properties.items() if isinstance(properties, Mapping) else ():
        options = question.get("oneOf", ()) if isinstance(question, Mapping) else ()
        for place, entry in [
            (name, question),
            *((f"{name}.{number}", option) for number, option in enumerate(options)),
        ]:
            if not (isinstance(entry, Mapping) and entry.get("title") and entry.get("title_en")):
                yield f"properties.{place}"
