"""`onegrid cases counters` as an operator types it."""

import pytest
from typer.testing import CliRunner

from config.cli.cases import app
from onegrid.cases.models import AreaCounter
from onegrid.cases.public import fold_counters
from onegrid.cases.tests.factories import MORNING, make_case, make_district


@pytest.fixture
def counted(db):
    make_case(make_district(), is_urgent=True, stage_due_at=None)
    fold_counters(at=MORNING)


def run(*words):
    return CliRunner().invoke(app, ["counters", *words])


@pytest.mark.usefixtures("counted")
def test_check_says_that_all_is_well():
    assert run("--check").exit_code == 0


@pytest.mark.usefixtures("counted")
def test_check_names_a_counter_that_somebody_changed_and_fails():
    AreaCounter.objects.update(cases=9)

    result = run("--check")

    assert result.exit_code == 1
    assert "330304010001001 reported portal urgent" in result.output


@pytest.mark.usefixtures("counted")
def test_rebuild_mends_it():
    AreaCounter.objects.update(cases=9, late=4)

    assert run("--rebuild").exit_code == 0
    assert run("--check").exit_code == 0


@pytest.mark.parametrize("words", [(), ("--check", "--rebuild")])
def test_asks_for_one_of_both(words):
    assert run(*words).exit_code == 2
