"""Whether a row, or a whole document, has the form its published schema asks for."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from onegrid.packs.rules.pack import Fault, Row, Table

Schema = Mapping[str, Any]


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
    validator = Draft202012Validator({**schema, "required": [], "additionalProperties": True})
    for row in table:
        for error in validator.iter_errors(dict(row.cells)):
            yield Fault(table.file, row.line, _column(error), reason(error))


def document_faults(file: str, document: object, schema: Schema, row: int | None = None) -> Iterator[Fault]:
    """Name every place in a document that is not as the schema asks."""
    for error in Draft202012Validator(schema).iter_errors(document):
        yield Fault(file, row, _column(error), reason(error))


def reason(error: ValidationError) -> str:
    """Say what a schema's complaint means to the person who keeps the file."""
    value = {"value": error.instance}
    match error.validator:
        case "required":
            return _("%(name)s is missing.") % {"name": error.message.split("'")[1]}
        case "additionalProperties":
            return _("There is an entry here that nobody reads.")
        case "minLength" | "minItems":
            return _("This must not be empty.")
        case "maxLength":
            return _("This is longer than %(most)s characters.") % {"most": error.validator_value}
        case "enum" | "const":
            known = error.validator_value if error.validator == "enum" else [error.validator_value]
            return _("“%(value)s” is not one of: %(known)s.") % {**value, "known": ", ".join(map(str, known))}
        case "pattern" if isinstance(error.schema, Mapping) and error.schema.get("examples"):
            example = error.schema["examples"][0]
            return _("“%(value)s” is not written as it should be, such as “%(example)s”.") % {
                **value,
                "example": example,
            }
        case _:
            return _("“%(value)s” is not what is asked for here (%(rule)s).") % {**value, "rule": error.validator}


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
