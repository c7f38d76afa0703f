"""Tables for other programs: what is written is what they read, and nothing is calculated."""

import csv
import io
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from onegrid.core.spreadsheets.columns import Column, harmless, looks_like_formula
from onegrid.core.spreadsheets.comma_separated import csv_parts
from onegrid.core.spreadsheets.workbook import About, letters, xlsx_parts

AT = datetime(2026, 11, 24, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
COLUMNS = [
    Column(name="text", title="文字", description="写的话"),
    Column(name="number", title="数", description="个数"),
    Column(name="moment", title="时间", description="何时"),
    Column(name="yes", title="是否", description="是不是"),
]
FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    " =1",
    "\t=1",
    "\u3000=1",
    "\ufeff=1",
    "=cmd|' /C calc'!A0",
]
TEXTS = [
    "雨水井盖",
    'a "quoted", b',
    "two\nlines",
    "<b>&amp;</b>",
    "_x0041_",
    "\x01\x0b\ud800",
    "😀𠮷",
    "1e5",
    "0012",
    "TRUE",
]


def as_csv(*rows, **also):
    return b"".join(csv_parts(COLUMNS, [rows], **also))


def as_book(*chunks):
    about = About(title="案件/[清单]", lines=[("条件", "本单位")])
    return load_workbook(io.BytesIO(b"".join(xlsx_parts(COLUMNS, chunks, about=about))))


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_in_csv_begins_like_a_formula(text):
    line = list(csv.reader(io.StringIO(as_csv([text, None, None, None]).decode("utf-8-sig"))))[1]

    assert line[0] == f"'{text}"


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_in_a_workbook_stays_a_text(text):
    cell = as_book([[text, None, None, None]]).worksheets[0]["A2"]

    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


@pytest.mark.parametrize("text", ["雨水井盖", "a=b", "12-3", "a@b", ""])
def test_leaves_other_texts_as_they_are(text):
    assert harmless(text) == text
    assert not looks_like_formula(text)


def test_csv_has_the_mark_that_excel_knows_chinese_by():
    assert as_csv().startswith(b"\xef\xbb\xbf" + "文字".encode())


def test_csv_is_for_people_or_for_programs():
    row = ["a", 3, AT, True]

    assert as_csv(row).decode("utf-8-sig").splitlines() == ["文字,数,时间,是否", "a,3,2026-11-24 09:30,是"]
    assert as_csv(row, for_programs=True).decode("utf-8-sig").splitlines() == [
        "text,number,moment,yes", "a,3,2026-11-24T09:30:00+08:00,1"
    ]  # fmt: skip


def test_numbers_below_zero_stay_numbers():
    assert as_csv(["a", -3, None, None]).decode("utf-8-sig").splitlines()[1] == "a,-3,,"


def test_a_workbook_is_read_by_another_library():
    rows = [[text, 3, AT, False] for text in TEXTS]

    sheet = as_book(rows[:4], rows[4:]).worksheets[0]

    assert [cell.value for cell in sheet[1]] == ["文字", "数", "时间", "是否"]
    assert sheet.max_row == len(TEXTS) + 1
    assert [cell.value for cell in sheet[2]] == ["雨水井盖", 3, datetime(2026, 11, 24, 9, 30), "否"]  # noqa: DTZ001  # as sheets have it
    assert sheet["A7"].value == "\ufffd\ufffd\ufffd"


def test_a_workbook_explains_its_columns():
    book = as_book()

    rows = [tuple(cell.value for cell in row) for row in book.worksheets[1].iter_rows()]
    assert ("条件", "本单位") in rows
    assert ("时间", "何时") in rows
    assert book.sheetnames[0] == "案件  清单 "


def test_columns_are_called_as_spreadsheets_call_them():
    assert [letters(number) for number in (1, 26, 27, 52, 702, 703)] == ["A", "Z", "AA", "AZ", "ZZ", "AAA"]
