"""Rows of a CSV or XLSX file, also compressed, as texts by column name."""

import csv
import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from onegrid.core.errors import InvalidInputError
from onegrid.exchange.rules.mapping import Table

# What the readers of CSV, gzip and XLSX say of a file that is cut off, or is not what its name says.
_UNREADABLE = (UnicodeDecodeError, csv.Error, OSError, EOFError, LookupError, zlib.error, BadZipFile, ParseError)


class UnreadableFileError(InvalidInputError):
    """The file cannot be read as a table."""


def read_rows(path: Path, table: Table) -> Iterator[tuple[int, dict[str, str]]]:
    """
    Yield each row with its number, the header being row 1.

    :raises UnreadableFileError: if the file is missing, empty, not text in that encoding, or no workbook.
    """
    if not path.is_file():
        raise UnreadableFileError(_("There is no file %(path)s.") % {"path": path})
    try:
        yield from _sheet(path) if path.suffix.lower() == ".xlsx" else _csv(path, table)
    except _UNREADABLE as fault:
        raise UnreadableFileError(_("%(path)s cannot be read: %(why)s") % {"path": path.name, "why": fault}) from fault


def _csv(path: Path, table: Table) -> Iterator[tuple[int, dict[str, str]]]:
    with _opened(path, table.encoding) as lines:
        rows = csv.DictReader(lines, delimiter=table.delimiter)
        if not rows.fieldnames:
            raise UnreadableFileError(_("%(path)s is empty.") % {"path": path.name})
        for number, row in enumerate(rows, start=2):
            yield (
                number,
                {name: value or "" for name, value in row.items() if name is not None and not isinstance(value, list)},
            )


@contextmanager
def _opened(path: Path, encoding: str) -> Iterator[TextIO]:
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding=encoding, newline="") as lines:
            yield lines
    else:
        with path.open(encoding=encoding, newline="") as lines:
            yield lines


def _sheet(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        rows = book.worksheets[0].iter_rows(values_only=True)
        names = [str(name or "").strip() for name in next(rows, ())]
        if not any(names):
            raise UnreadableFileError(_("%(path)s is empty.") % {"path": path.name})
        for number, cells in enumerate(rows, start=2):
            values = ("" if cell is None else str(cell) for cell in cells)
            yield number, {name: value for name, value in zip(names, values, strict=False) if name}
    finally:
        book.close()
