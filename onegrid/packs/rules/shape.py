"""Whether a row, or a whole document, has the form its published schema asks for."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from onegrid.packs.rules.pack import Fault, Row, Table

Schema = Mapping[str, Any]
_OTHERWISE: Final = gettext_lazy("“%(value)s” is not what is asked for here (%(rule)s).")
_ONE_OF: Final = gettext_lazy("“%(value)s” is not one of: %(asked)s.")
_EMPTY: Final = gettext_lazy("This must not be empty.")
_TEXTS: Final = {
    "required": gettext_lazy("Missing: %(names)s."),
    "additionalProperties": gettext_lazy("Nobody reads this entry: %(names)s."),
    "minLength": _EMPTY,
    "minItems": _EMPTY,
    "maxLength": gettext_lazy("This is longer than %(asked)s characters."),
    "format": gettext_lazy("“%(value)s” is not a day of the calendar."),
    "enum": _ONE_OF,
    "const": _ONE_OF,
    "pattern": gettext_lazy("“%(value)s” is not written as it should be, such as “%(example)s”."),
}
FORMATS: Final = FormatChecker(formats=())


@FORMATS.checks("date", raises=ValueError)
@FORMATS.checks("date-or-empty", raises=ValueError)
def _is_in_the_calendar(text: object) -> bool:
    """Tell whether a day exists; one that is not even written like a day is the pattern's affair."""
    if isinstance(text, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        date.fromisoformat(text)
    return True


def header_faults(file: str, columns: list[str], schema: Schema) -> Iterator[Fault]:
    """Name the columns that are missing, unknown or there twice."""
    known = schema["properties"]
    for column in known:
        if column not in columns:
            yield Fault(file, 1, column, _("This column is missing."))
    for position, column in enumerate(columns):
        if column not in known:
            yield Fault(file, 1, column, _("There is no such column."))
        elif column in columns[:position]:
            yield Fault(file, 1, column, _("This column is there twice."))


def row_faults(table: Table, schema: Schema) -> Iterator[Fault]:
    """Name every cell that is not as the schema asks."""
    validator = Draft202012Validator({**schema, "required": [], "additionalProperties": True}, format_checker=FORMATS)
    for row in table:
        for error in validator.iter_errors(dict(row.cells)):
            yield Fault(table.file, row.line, _column(error), reason(error))


def document_faults(file: str, document: object, schema: Schema, *, row: int | None = None) -> Iterator[Fault]:
    """Name every place in a document that is not as the schema asks."""
    for error in Draft202012Validator(schema, format_checker=FORMATS).iter_errors(document):
        yield Fault(file, row, _column(error), reason(error))


def reason(error: ValidationError) -> str:
    """Say what a schema's complaint means to the person who keeps the file."""
    asked, schema = error.validator_value, error.schema
    examples = schema.get("examples", ()) if isinstance(schema, Mapping) else ()
    quoted = re.findall(r"'([^']+)'", error.message)
    names = quoted[:1] if error.validator == "required" else quoted
    text = _TEXTS.get(str(error.validator), _OTHERWISE)
    return str(text) % {
        "value": error.instance,
        "names": ", ".join(names),
        "asked": ", ".join(str(choice) for choice in asked if choice != "") if isinstance(asked, list) else asked,
        "example": next(iter(examples), asked),
        "rule": error.validator,
    }


def same_cell_twice(table: Table, column: str) -> Iterator[Fault]:
    """Name each row whose cell in this column already stands in a row above."""
    seen: dict[str, Row] = {}
    for row in table:
        first = seen.setdefault(row[column], row)
        if first is not row:
            text = _("“%(value)s” already stands in row %(row)d.") % {"value": row[column], "row": first.line}
            yield Fault(table.file, row.line, column, text)


def _column(error: ValidationError) -> str:
    return ".".join(str(part) for part in error.absolute_path)
