"""`onegrid cases import` as an operator types it."""

import pytest
from typer.testing import CliRunner

from config.cli.cases import app
from onegrid.cases.models import Case
from onegrid.cases.tests.factories import make_district

pytestmark = pytest.mark.django_db(transaction=True)

MAPPING = """
name: test
key: "{id}"
title: "{what}"
reported_at: {column: opened}
place: {x: lon, y: lat}
category: {column: type, table: {lamp: roads.lamp}}
"""
ROWS = """id,what,opened,lon,lat,type
1,Lamp out,2020-01-01,120.605,27.905,lamp
2,Lamp out,2020-01-01,120.605,27.905,ufo
"""


@pytest.fixture(autouse=True)
def district(db):
    return make_district()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "mapping.yaml").write_text(MAPPING)
    (tmp_path / "rows.csv").write_text(ROWS)
    return tmp_path


def run(folder, *words):
    said = ["import", folder / "rows.csv", "--mapping", folder / "mapping.yaml", "--language", "en", *words]
    return CliRunner().invoke(app, [str(word) for word in said])


def test_says_what_was_written_and_writes_down_what_was_not(folder):
    result = run(folder, "--report", folder / "refused.csv")

    assert result.exit_code == 0
    assert "2 rows read, 1 cases written, 0 known already, 1 rows refused." in " ".join(result.output.split())
    assert (folder / "refused.csv").read_text(encoding="utf-8-sig").splitlines()[1].startswith("3,type,")


def test_refuses_a_report_it_cannot_write_before_it_does_anything(folder):
    result = run(folder, "--report", folder / "gone" / "refused.csv")

    assert result.exit_code == 1
    assert not Case.objects.exists()


@pytest.mark.parametrize("content", [b"\xff", b"- 1", b"name: ["])
def test_refuses_a_mapping_that_is_none_in_a_sentence(content, folder):
    (folder / "mapping.yaml").write_bytes(content)

    result = run(folder)

    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
