"""Past cases from a table: each row once, each refusal named."""

import gzip
from datetime import UTC, datetime

import pytest
from openpyxl import Workbook

from onegrid.cases.models import Case, Channel, TimelineEntry
from onegrid.cases.states import Outcome, Status
from onegrid.cases.tests.factories import MORNING, make_district
from onegrid.exchange.actions.import_cases import import_cases
from onegrid.exchange.readers.tables import UnreadableFileError
from onegrid.exchange.rules.mapping import UnusableMappingError, read_mapping
from onegrid.oversight.models import Entry
from onegrid.oversight.public import Actor

pytestmark = pytest.mark.django_db

MAPPING = {
    "name": "test",
    "key": "{id}",
    "title": "{what}",
    "address": "{where}",
    "source": "{how}",
    "time_zone": "UTC",
    "reported_at": {"column": "opened"},
    "closed_at": {"column": "closed"},
    "due_at": {"column": "target"},
    "place": {"x": "lon", "y": "lat"},
    "category": {"column": "type", "table": {"lamp": "roads.lamp", "hole": "roads.manhole"}},
    "outcome": {
        "column": "result", "signs": [{"contains": "done", "outcome": "fixed"}], "otherwise": "not_fixable",
        "note": "{result}",
    },
}  # fmt: skip
HEADER = "id,what,where,how,opened,closed,target,lon,lat,type,result"
CLOSED = "1,Lamp out,Street 1,phone,2020-01-01 08:00,2020-01-03 08:00,2020-01-02 08:00,120.605,27.905,lamp,Done by crew"
OPEN = "2,Hole,Street 2,app,2020-01-01 09:00,,2020-01-09 09:00,120.615,27.905,hole,"


@pytest.fixture(autouse=True)
def district(db):
    return make_district()


def run(folder, *rows, mapping=None, header=HEADER):
    path = folder / "past.csv"
    path.write_text("\n".join([header, *rows]), encoding="utf8")
    return import_cases(
        path=path, mapping=read_mapping({**MAPPING, **(mapping or {})}), by=Actor("operator"), at=MORNING
    )


def test_keeps_times_closing_and_lateness_as_they_were(tmp_path):
    done = run(tmp_path, CLOSED, OPEN)

    assert (done.read, done.written, done.refused) == (2, 2, [])
    closed, still_open = Case.objects.order_by("source_key")
    assert (closed.status, closed.outcome, closed.outcome_note) == (Status.CLOSED, Outcome.FIXED, "Done by crew")
    assert closed.reported_at == datetime(2020, 1, 1, 8, tzinfo=UTC)
    assert closed.ended_at == datetime(2020, 1, 3, 8, tzinfo=UTC)
    assert TimelineEntry.objects.get(case=closed, move="close").data["late"] is True
    assert (still_open.status, still_open.lead_unit.code) == (Status.DISPATCHED, "roads")
    assert still_open.channel == Channel.IMPORT
    assert Case.objects.matching("lamp").get() == closed


def test_can_be_repeated_without_doubling(tmp_path):
    run(tmp_path, CLOSED)

    again = run(tmp_path, CLOSED, OPEN)

    assert (again.written, again.known) == (1, 1)
    assert Case.objects.count() == 2


def test_counts_rows_that_are_wholly_alike(tmp_path):
    done = run(tmp_path, OPEN, OPEN)
    again = run(tmp_path, OPEN, OPEN)

    assert (done.written, again.written) == (2, 0)


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("2020-01-01 09:00", "yesterday", "opened"),
        ("2020-01-01 09:00", "", "opened"),
        ("120.615", "", "lon"),
        ("120.615", "0", "lon"),
        ("120.615", "nan", "lon"),
        ("120.615", "121.9", "lon, lat"),
        (",hole,", ",ufo,", "type"),
        ("Hole", "", "{what}"),
        (",,2020-01-09 09:00", ",2019-01-01 00:00,2020-01-09 09:00", "closed"),
        ("Hole", "a\x00b", "what"),
        ("2020-01-01 09:00", "0001-01-01 00:00:00+14:00", "opened"),
        ("2020-01-01 09:00", "2220-01-01 09:00", "opened"),
        (",,2020-01-09 09:00", ",2220-01-01 00:00,2020-01-09 09:00", "closed"),
    ],
)
def test_names_the_row_and_column_it_refuses(old, new, column, tmp_path):
    done = run(tmp_path, CLOSED, OPEN.replace(old, new))

    assert [(fault.row, fault.column) for fault in done.refused] == [(3, column)]
    assert done.written == 1


def test_refuses_a_file_without_the_columns(tmp_path):
    done = run(tmp_path, "1", header="number")

    assert done.written == 0
    assert done.refused[0].column == "opened"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("past.csv", b""),
        ("past.csv", b"\xff\xfe\x00\x01"),
        ("past.csv.gz", HEADER.encode()),
        ("past.csv.gz", gzip.compress(HEADER.encode(), mtime=0)[:-9]),
        ("past.xlsx", HEADER.encode()),
        ("past.XLSX", b"PK\x03\x04"),
    ],
)
def test_refuses_a_file_that_is_no_table(name, content, tmp_path):
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(UnreadableFileError):
        import_cases(path=path, mapping=read_mapping(MAPPING), by=Actor("operator"), at=MORNING)


def test_reads_a_spreadsheet(tmp_path):
    book = Workbook()
    for line in (HEADER, CLOSED):
        book.active.append(line.split(","))
    book.save(tmp_path / "past.xlsx")

    done = import_cases(path=tmp_path / "past.xlsx", mapping=read_mapping(MAPPING), by=Actor("operator"), at=MORNING)

    assert (done.written, done.refused) == (1, [])


def test_refuses_a_mapping_to_a_category_that_is_not_there(tmp_path):
    with pytest.raises(UnusableMappingError, match=r"no\.such"):
        run(tmp_path, CLOSED, mapping={"category": {"column": "type", "table": {"lamp": "no.such"}}})


@pytest.mark.parametrize(
    "flaw",
    [
        {"place": {"x": "lon"}},
        {"colour": "red"},
        {"name": "No Spaces"},
        {"key": "{id"},
        {"title": "what}"},
        {"time_zone": "Mars/Olympus"},
        {"outcome": {"column": "result", "signs": [{"contains": "done", "outcome": "mended"}], "otherwise": "fixed"}},
    ],
)
def test_refuses_a_mapping_that_is_not_as_its_schema_says(flaw, tmp_path):
    with pytest.raises(UnusableMappingError):
        run(tmp_path, CLOSED, mapping=flaw)


def test_takes_any_name_between_braces_for_a_columns(tmp_path):
    done = run(tmp_path, CLOSED, mapping={"title": "{what} {what.else[0]}"})

    assert [fault.column for fault in done.refused] == ["what.else[0]"]


def test_leaves_one_line_in_the_audit_trail(tmp_path):
    run(tmp_path, CLOSED, OPEN)

    assert Entry.objects.get(code="exchange.cases_imported").data["written"] == 2


def test_carries_another_city_over(tmp_path):
    rows = [
        OPEN.replace("2,", f"{n},", 1).replace("120.615", str(8.5 + n / 100)).replace("27.905", "47.3")
        for n in range(3, 9)
    ]

    done = run(tmp_path, *rows, mapping={"place": {"x": "lon", "y": "lat", "carry_over": "quantile"}})

    assert (done.written, done.refused) == (6, [])
    assert Case.objects.values("grid_code").distinct().count() == 3
