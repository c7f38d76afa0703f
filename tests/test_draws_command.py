"""`onegrid cases draws` as an operator types it."""

from datetime import timedelta

import pytest
from typer.testing import CliRunner

from config.cli.cases import app
from onegrid.cases.actions.draw_verification import turn_months
from onegrid.cases.actions.handle_case import report_back
from onegrid.cases.models import DrawMonth
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import MORNING, make_case, make_district, make_people

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def month():
    district = make_district()
    people = make_people(district)
    case = make_case(district, status=Status.IN_PROGRESS, category="lamp")
    report_back(case_id=case.pk, version=1, result="换了灯泡", by=people.handler, at=MORNING)
    return DrawMonth.objects.get()


def run(*words):
    return CliRunner().invoke(app, ["draws", *words, "--language", "en"])


def test_makes_the_draws_of_a_month_again():
    answer = run("--check", "2026-11")

    assert (answer.exit_code, answer.output.strip()) == (0, "2026-11: 1 drawn, 0 not drawn, 0 do not come out.")


def test_names_a_draw_that_does_not_come_out_and_fails(month):
    DrawMonth.objects.update(secret=b"of my own making")

    answer = run("--check", "2026-11")

    assert answer.exit_code == 1
    assert "OG-261124-000001" in answer.output
    assert "does not have the hash" in answer.output


def test_says_so_where_nothing_was_drawn():
    assert run("--check", "2020-01").exit_code == 2


def test_shows_a_secret_only_once_its_month_is_over(month):
    secret = bytes(month.secret).hex()

    before = run().output
    turn_months(at=MORNING + timedelta(days=10))

    assert (secret in before, "not published yet" in before) == (False, True)
    assert secret in run().output
