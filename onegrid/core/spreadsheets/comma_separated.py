"""Tables as CSV (RFC 4180): UTF-8 with the mark by which Excel knows it, moments for people or for programs."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from onegrid.core.spreadsheets.columns import Column, Value, harmless

MARK = "\ufeff"


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        """Return the text."""
        return text


def csv_parts(
    columns: Sequence[Column], chunks: Iterable[Sequence[Sequence[Value]]], *, for_programs: bool = False
) -> Iterator[bytes]:
    """
    Write a table, one part for the heads and one for each chunk of rows.

    For programs, columns are called by their names, moments are ISO 8601, and truth is 1 or 0.
    """
    # All words are said now: the parts are asked for after the request has been answered.
    words = ("1", "0") if for_programs else (_("yes"), _("no"))
    heads = [column.name if for_programs else str(column.title) for column in columns]
    return _written(heads, chunks, words, for_programs=for_programs)


def _written(
    heads: Sequence[str], chunks: Iterable[Sequence[Sequence[Value]]], words: tuple[str, str], *, for_programs: bool
) -> Iterator[bytes]:
    writer = csv.writer(_Echo())
    yield (MARK + str(writer.writerow(heads))).encode()
    for rows in chunks:
        lines = (writer.writerow([_cell(value, words, for_programs=for_programs) for value in row]) for row in rows)
        yield "".join(str(line) for line in lines).encode("utf8", errors="replace")


def _cell(value: Value, words: tuple[str, str], *, for_programs: bool) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, bool):
        return words[0] if value else words[1]
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds") if for_programs else value.strftime("%Y-%m-%d %H:%M")
    return value
