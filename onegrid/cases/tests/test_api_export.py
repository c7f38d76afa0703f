"""The list as a file over the API."""

import csv
import io

import pytest
from openpyxl import load_workbook

from onegrid.accounts.tests.callers import Program
from onegrid.cases.readers import export as chunks
from onegrid.cases.rules.columns import COLUMNS
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import make_case
from onegrid.oversight.models import Entry


@pytest.fixture
def program(people):
    return Program(people.leader)


def body(response):
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content)


def test_names_the_columns_for_programs_and_gives_moments_with_their_zone(program, case):
    response = program.show("cases/export")

    rows = list(csv.DictReader(io.StringIO(body(response).decode("utf-8-sig"))))
    assert list(rows[0]) == [column.name for column in COLUMNS]
    assert (rows[0]["number"], rows[0]["status"], rows[0]["stage"]) == (case.number, "reported", "accept")
    assert (rows[0]["reported_at"], rows[0]["holder_unit"]) == ("2026-11-24T09:00:00+08:00", "chashan-centre")
    assert (rows[0]["simulated"], rows[0]["category_code"]) == ("0", "roads.manhole")


def test_takes_the_filters_of_the_list(program, district):
    for status in (Status.REPORTED, Status.FILED):
        make_case(district, status=status)

    text = body(program.show("cases/export", status="filed", reported_from="2026-11-24T00:00:00Z")).decode()

    assert len(text.splitlines()) == 2


def test_is_a_workbook_if_that_is_asked_for(program, case):
    response = program.show("cases/export", format="xlsx")

    assert load_workbook(io.BytesIO(body(response))).worksheets[0]["A2"].value == case.number


def test_an_empty_list_has_its_heads(program, district):
    assert len(body(program.show("cases/export")).decode().splitlines()) == 1


def test_sends_the_first_rows_before_it_has_read_the_last(program, district, monkeypatch):
    monkeypatch.setattr(chunks, "CHUNK", 2)
    for _ in range(5):
        make_case(district)

    response = program.show("cases/export")

    assert len(list(response.streaming_content)) == 4


def test_is_noted_without_the_words_of_a_search(program, people, case):
    body(program.show("cases/export", text="陈某某", status="reported", reason="每晚同步"))

    entry = Entry.objects.get(code="cases.export")
    assert entry.by == people.leader.username
    assert entry.data == {"filter": "status=reported&text=%2A", "format": "csv", "cases": 0, "reason": "每晚同步"}


def test_is_refused_without_the_permission(people, case):
    response = Program(people.handler).show("cases/export")

    assert (response.status_code, response["Content-Type"]) == (403, "application/problem+json")
    assert not Entry.objects.filter(code="cases.export").exists()


@pytest.mark.parametrize(
    "query", [{"format": "pdf"}, {"colour": "red"}, {"reported_from": "yesterday"}, {"reason": "x" * 201}]
)
def test_refuses_what_it_does_not_know(program, district, query):
    response = program.show("cases/export", **query)

    assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
