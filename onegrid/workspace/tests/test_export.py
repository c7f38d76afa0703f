"""Taking the list along: as a table, as a plain file, on paper."""

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from onegrid.cases.models import Report
from onegrid.cases.readers import export as chunks
from onegrid.cases.rules.columns import COLUMNS
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import make_case
from onegrid.oversight.models import Access, Entry

pytestmark = pytest.mark.django_db
EVERYTHING = "scope=all"
NAUGHTY = Path(__file__).parents[4] / "shared/data/fixtures/naughty/blns.json"


def take(client, query=EVERYTHING, **form):
    return client.post(f"/queue/export/?{query}", {"format": "csv", "reason": "", **form})


def body(response):
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content)


def table(response):
    return list(csv.DictReader(io.StringIO(body(response).decode("utf-8-sig"))))


def test_csv_has_the_rows_of_the_filter_and_no_other(as_, people, district):
    wanted = [make_case(district, status=Status.FILED).number for _ in range(3)]
    make_case(district)

    rows = table(take(as_(people.shift_lead), "scope=all&status=filed"))

    assert sorted(row["Number"] for row in rows) == wanted


def test_xlsx_has_the_same_rows(as_, people, district):
    wanted = [make_case(district, is_simulated=True).number for _ in range(3)]

    response = take(as_(people.shift_lead), format="xlsx")

    sheet = load_workbook(io.BytesIO(body(response))).worksheets[0]
    rows = [
        dict(zip([cell.value for cell in sheet[1]], row, strict=True)) for row in sheet.iter_rows(2, values_only=True)
    ]
    assert sorted(row["Number"] for row in rows) == wanted
    assert {row["Simulated"] for row in rows} == {"yes"}


def test_pdf_has_the_same_rows_in_chinese(as_, people, district):
    wanted = [make_case(district, title=f"第 {number} 盏路灯不亮").number for number in range(3)]

    response = take(as_(people.shift_lead, "zh-hans"), format="pdf")

    pdf = PdfReader(io.BytesIO(body(response)))
    text = pdf.pages[0].extract_text().replace(" ", "")
    assert all(number in text for number in wanted)
    assert "第2盏路灯不亮" in text
    assert "内部副本，不得外传" in text
    assert pdf.metadata.title == "案件清单"
    assert pdf.pages[0].mediabox.width > pdf.pages[0].mediabox.height


def test_says_how_many_there_are_before_anything_is_taken(as_, people, district):
    for _ in range(3):
        make_case(district)

    text = as_(people.shift_lead).get(f"/queue/export/?{EVERYTHING}").text

    assert "3 cases" in text
    assert all(str(column.title) in text for column in COLUMNS)


def test_says_that_an_empty_list_is_empty(as_, people, district):
    client = as_(people.shift_lead)

    shown, taken = client.get("/queue/export/?scope=all&status=closed"), take(client, "scope=all&status=closed")

    assert (shown.status_code, taken.status_code) == (200, 422)
    assert "There is nothing to take" in shown.text
    assert "There is nothing to take" in taken.text


@pytest.mark.parametrize("query", ["area=nowhere", "category=nothing", "lead=nobody"])
def test_says_what_never_was_instead_of_giving_out_an_empty_list(as_, people, case, query):
    client = as_(people.shift_lead)

    page = client.get(f"/queue/export/?scope=all&{query}")
    sent = client.post(f"/queue/export/?scope=all&{query}", {"format": "csv"})

    assert query.split("=")[1] in page.text
    assert 'role="alert"' in page.text
    assert "text/csv" not in sent["Content-Type"]


def test_is_limited_to_what_somebody_may_see(as_, people, district):
    make_case(district)
    elsewhere = make_case(district, grid=district.areas.elsewhere).number

    rows = table(take(as_(people.stranger)))

    assert [row["Number"] for row in rows] == [elsewhere]


def test_is_noted_with_filter_count_and_reason(as_, people, case):
    take(as_(people.shift_lead), "scope=all&status=reported&q=井盖", reason="周例会")
    take(as_(people.shift_lead), "scope=all&status=reported", reason="周例会", format="pdf")

    first, second = Entry.objects.filter(code="cases.export").order_by("seq")
    assert (first.target, first.by) == ("cases.Case", people.shift_lead.username)
    assert first.data == {"filter": "scope=all&status=reported&q=*", "format": "csv", "cases": 0, "reason": "周例会"}
    assert second.data == {"filter": "scope=all&status=reported", "format": "pdf", "cases": 1, "reason": "周例会"}


@pytest.mark.parametrize("role", ["acceptor", "verifier", "handler", "grid_worker", "auditor"])
def test_is_for_those_whose_duty_includes_it(as_, people, case, role):
    client = as_(getattr(people, role))

    assert client.get("/queue/export/?scope=all").status_code == 403
    assert take(client).status_code == 403
    assert "/queue/export/" not in client.get("/queue/").text
    assert not Entry.objects.filter(code="cases.export").exists()


@pytest.mark.parametrize("role", ["shift_lead", "dispatcher", "head", "leader"])
def test_is_offered_to_them_beside_the_list(as_, people, case, role):
    assert "/queue/export/?scope=all" in as_(getattr(people, role)).get("/queue/?scope=all").text


def test_names_nobody(as_, people, case):
    Report.objects.filter(case=case).update(reporter_name="陈某某", reporter_contact="13800000000", is_anonymous=False)
    case.assignee = people.handler
    case.save(update_fields=["assignee"])

    text = body(take(as_(people.shift_lead))).decode()

    assert not {name for name in ("陈某某", "13800000000", people.handler.display_name) if name in text}


def test_gives_reporters_out_only_for_a_reason_that_they_can_read(as_, people, case):
    Report.objects.filter(case=case).update(reporter_name="陈某某", reporter_contact="13800000000", is_anonymous=False)
    client = as_(people.shift_lead)

    without, rows = take(client, reporters="on"), table(take(client, reporters="on", reason="回访这批案件"))

    assert without.status_code == 422
    assert "Give the reason" in without.text
    assert (rows[0]["Reporters"], rows[0]["Contacts"]) == ("陈某某", "13800000000")
    access = Access.objects.get()
    assert (access.subject, access.purpose) == (f"cases.Report:{case.pk}", "回访这批案件")
    assert Entry.objects.get(code="cases.export").data["reporters"] == 1
    assert "回访" not in str(list(Entry.objects.values_list("data", flat=True)))


@pytest.mark.parametrize("role", ["dispatcher", "head", "leader"])
def test_does_not_give_reporters_to_others(as_, people, district, role):
    case = make_case(district, status=Status.IN_PROGRESS)
    Report.objects.filter(case=case).update(reporter_name="陈某某", is_anonymous=False)

    response = take(as_(getattr(people, role)), reporters="on", reason="回访这批案件")

    assert "陈某某" not in body(response).decode()
    assert not Access.objects.exists()


def test_refuses_more_than_a_sheet_may_hold(as_, people, district, monkeypatch):
    monkeypatch.setattr("onegrid.cases.actions.export_cases.MOST_ON_PAPER", 2)
    for _ in range(3):
        make_case(district)

    response = take(as_(people.shift_lead), format="pdf")

    assert response.status_code == 422
    assert "More than 2 cases fit" in response.text


def test_refuses_a_filter_that_there_is_not(as_, people, case):
    assert take(as_(people.shift_lead), "colour=red").status_code == 422


def test_writes_chunk_after_chunk_and_no_case_twice(as_, people, district, monkeypatch):
    monkeypatch.setattr(chunks, "CHUNK", 2)
    wanted = [make_case(district).number for _ in range(5)]

    rows = table(take(as_(people.shift_lead)))

    assert [row["Number"] for row in rows] == sorted(wanted, reverse=True)


@pytest.mark.queries(16)
def test_asks_for_nothing_case_by_case(as_, people, district):
    for _ in range(12):
        make_case(district, status=Status.IN_PROGRESS, assignee=people.handler)

    assert len(table(take(as_(people.shift_lead)))) == 12


@pytest.mark.skipif(not NAUGHTY.exists(), reason="the naughty strings are absent")
def test_naughty_titles_break_no_file_and_calculate_nothing(as_, people, district):
    strings = json.loads(NAUGHTY.read_text(encoding="utf8"))
    titles = [string.replace("\x00", "")[:120] for string in strings if string.strip("\x00")]
    for title in titles:
        make_case(district, title=title)
    client = as_(people.shift_lead)

    rows = table(take(client))
    sheet = load_workbook(io.BytesIO(body(take(client, format="xlsx")))).worksheets[0]
    pages = PdfReader(io.BytesIO(body(take(client, format="pdf")))).pages

    assert len(rows) == sheet.max_row - 1 == len(titles)
    assert [row["Title"] for row in rows if row["Title"][:1] in "=+-@" and row["Title"]] == []
    assert {cell.data_type for cell in sheet["B"]} <= {"s", "n"}
    assert "OG-261124-000001" in "".join(page.extract_text() for page in pages)
