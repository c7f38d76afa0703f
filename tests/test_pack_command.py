"""`onegrid pack` as an operator types it."""

import pytest
from typer.testing import CliRunner

from config.cli.pack import app
from onegrid.geography.public import Area
from onegrid.packs.tests.factories import write_pack

ENGLISH = ("--language", "en")


@pytest.fixture
def folder(tmp_path):
    return write_pack(tmp_path / "tiny")


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def break_routing(folder):
    path = folder / "routing.csv"
    path.write_text(path.read_text(encoding="utf8").replace("@roads", "@nobody"), encoding="utf8")


def test_check_says_that_nothing_is_wrong(folder):
    result = run("check", folder, *ENGLISH)

    assert (result.exit_code, result.output.strip()) == (0, "✓ tiny has no faults.")


def test_check_names_file_and_row_and_fails(folder):
    break_routing(folder)

    result = run("check", folder, *ENGLISH)

    assert result.exit_code == 1
    assert "routing.csv" in result.output
    assert "@nobody" in result.output


@pytest.mark.django_db
def test_load_says_what_it_did_and_the_second_time_nothing(folder):
    first, second = run("load", folder, *ENGLISH), run("load", folder, *ENGLISH)

    assert "9 areas opened" in first.output
    assert "nothing has changed" in second.output


@pytest.mark.django_db
def test_load_refuses_a_faulty_pack(folder):
    break_routing(folder)

    assert run("load", folder).exit_code == 1
    assert not Area.objects.exists()


@pytest.mark.django_db
def test_load_refuses_an_unknown_edition(folder):
    result = run("load", folder, "--edition", "1999", *ENGLISH)

    assert (result.exit_code, result.output.strip()) == (1, "The pack has no edition “1999”, only: 2020.")
