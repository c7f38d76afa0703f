"""
Tables as XLSX (ECMA-376), written while the rows come, so that memory does not grow with them.

Texts stand in the cells as texts and never as formulas; those that look like one
are also marked as quoted, so that they stay texts when somebody edits them.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

from onegrid.core.spreadsheets.columns import Column, Value, looks_like_formula

MOST_ROWS = 1_048_575  # below the heads, as Excel counts
LONGEST_TEXT = 32_767

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
_DAY = 86_400
# What XML 1.0 cannot hold, and what Excel would read as an escape of its own.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_PLAIN, _HEADING, _MOMENT, _QUOTED, _WRAPPED = range(5)
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts count="1">'
    '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/>'
    '</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass(frozen=True, kw_only=True)
class About:
    """The second sheet: what the file is, line by line, before every column is explained."""

    title: str
    lines: Sequence[tuple[str, str]]


class _Outlet:
    """A file that only grows, and from which one takes what has come since."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        """Take a part."""
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Do nothing: whoever asks takes."""

    def taken(self) -> bytes:
        """Return what has come since, and forget it."""
        whole = b"".join(self._parts)
        self._parts.clear()
        return whole


def xlsx_parts(
    columns: Sequence[Column], chunks: Iterable[Sequence[Sequence[Value]]], *, about: About
) -> Iterator[bytes]:
    """Write a workbook of two sheets, the rows and what they mean; one part for each chunk of rows."""
    # All words are said now: the parts are asked for after the request has been answered.
    frame, words = _frame((about.title, _("About this file"))), (_("yes"), _("no"))
    first = {**frame, "xl/worksheets/sheet2.xml": _explained(columns, about)}
    return _written(first, _top(columns), chunks, width=len(columns), words=words)


def _written(
    first: dict[str, str],
    top: str,
    chunks: Iterable[Sequence[Sequence[Value]]],
    *,
    width: int,
    words: tuple[str, str],
) -> Iterator[bytes]:
    outlet, number = _Outlet(), 1
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as book:  # type: ignore[call-overload]  # it asks no more of a file
        for path, content in first.items():
            book.writestr(path, content)
        yield outlet.taken()
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(top.encode())
            for rows in chunks:
                text = "".join(_row(row, number + place, words) for place, row in enumerate(rows, start=1))
                sheet.write(text.encode())
                number += len(rows)
                yield outlet.taken()
            sheet.write(f'</sheetData><autoFilter ref="A1:{letters(width)}{number}"/></worksheet>'.encode())
    yield outlet.taken()


def letters(number: int) -> str:
    """Return how a column is called, counted from one."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def _frame(names: tuple[str, str]) -> dict[str, str]:
    sheets = "".join(
        f'<sheet name="{_sheet_name(name)}" sheetId="{place}" r:id="rId{place}"/>'
        for place, name in enumerate(names, start=1)
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {"workbook": "sheet.main", "worksheets/sheet1": "worksheet", "worksheets/sheet2": "worksheet"}
    parts["styles"] = "styles"
    overrides = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{kind}.{type_}+xml"/>' for part, type_ in parts.items()
    )
    return {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", "worksheets/sheet1.xml"), ("worksheet", "worksheets/sheet2.xml"), ("styles", "styles.xml")]
        ),
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/styles.xml": _STYLES,
    }


def _relations(parts: Sequence[tuple[str, str]]) -> str:
    each = "".join(
        f'<Relationship Id="rId{place}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(parts, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def _top(columns: Sequence[Column]) -> str:
    widths = "".join(
        f'<col min="{place}" max="{place}" width="{column.width}" customWidth="1"/>'
        for place, column in enumerate(columns, start=1)
    )
    heads = "".join(_text(str(column.title), f"{letters(place)}1", _HEADING) for place, column in _numbered(columns))
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols>{widths}</cols><sheetData><row r="1">{heads}</row>'
    )


def _numbered(columns: Sequence[Column]) -> Iterator[tuple[int, Column]]:
    return enumerate(columns, start=1)


def _explained(columns: Sequence[Column], about: About) -> str:
    lines = [*about.lines, ("", ""), *((str(column.title), str(column.description)) for column in columns)]
    rows = "".join(
        f'<row r="{place}">{_text(name, f"A{place}", _HEADING)}{_text(text, f"B{place}", _WRAPPED)}</row>'
        for place, (name, text) in enumerate(lines, start=1)
    )
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><cols><col min="1" max="1" width="24" customWidth="1"/>'
        f'<col min="2" max="2" width="90" customWidth="1"/></cols><sheetData>{rows}</sheetData></worksheet>'
    )


def _row(row: Sequence[Value], number: int, words: tuple[str, str]) -> str:
    cells = "".join(
        _cell(value, f"{letters(place)}{number}", words)
        for place, value in enumerate(row, start=1)
        if value is not None
    )
    return f'<row r="{number}">{cells}</row>'


def _cell(value: Value, place: str, words: tuple[str, str]) -> str:
    if isinstance(value, str):
        return _text(value, place, _QUOTED if looks_like_formula(value) else _PLAIN) if value else ""
    if isinstance(value, bool):
        return _text(words[0] if value else words[1], place, _PLAIN)
    if isinstance(value, datetime):
        return f'<c r="{place}" s="{_MOMENT}"><v>{round(_serial(value), 9)}</v></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def _text(text: str, place: str, style: int) -> str:
    said = escape(_ESCAPE.sub("_x005F_", _UNWRITABLE.sub("\ufffd", text[:LONGEST_TEXT])))
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'


def _serial(moment: datetime) -> float:
    """Return a moment as spreadsheets count: days of its own clock since the end of 1899."""
    return (moment.replace(tzinfo=UTC) - _EPOCH).total_seconds() / _DAY


def _sheet_name(name: str) -> str:
    return escape(re.sub(r"[\[\]:*?/\\']", " ", name)[:31], {'"': "&quot;"})
