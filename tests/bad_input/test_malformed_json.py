"""The JSON test suite, all of it, at each kind of door: the hot path, an ordinary endpoint, an idempotent one."""

import pytest

from onegrid.core.ids import new_id
from tests.bad_input.corpora import files, needs

pytestmark = needs("json")
PROBLEM = "application/problem+json"
DOORS = {
    "the intake": lambda case: ("cases", {}),
    "an endpoint": lambda case: ("areas/locations", {}),
    "an idempotent endpoint": lambda case: (f"cases/{case.number}/notes", {"Idempotency-Key": str(new_id())}),
}
NOT_JSON, NOT_OURS = 400, 422  # JSON that is no report is understood, and refused for what it says


def answers_to(program, door, pattern, case):
    """Return what each file is answered: its status and the kind of the answer."""
    address, headers = DOORS[door](case)
    sent = {path.name: program.send(address, path.read_bytes(), **headers) for path in files("json", pattern)}
    return {name: (response.status_code, response["Content-Type"]) for name, response in sent.items()}


def unlike(answers, *statuses):
    return {name: answer for name, answer in answers.items() if answer not in {(each, PROBLEM) for each in statuses}}


def test_has_the_whole_suite():
    assert len(files("json")) == len(files("json", "[yni]_*.json")) == 317


@pytest.mark.parametrize("door", DOORS)
def test_understands_all_that_is_json(program, case, rows, door):
    before = rows()

    answers = answers_to(program, door, "y_*.json", case)

    assert unlike(answers, NOT_OURS) == {}
    assert rows() == before


@pytest.mark.parametrize("door", DOORS)
def test_refuses_all_that_is_not_json_as_malformed(program, case, rows, door):
    before = rows()

    answers = answers_to(program, door, "n_*.json", case)

    assert unlike(answers, NOT_JSON) == {}
    assert rows() == before


@pytest.mark.parametrize("door", DOORS)
def test_decides_on_what_parsers_disagree_about(program, case, rows, door):
    before = rows()

    answers = answers_to(program, door, "i_*.json", case)

    assert unlike(answers, NOT_JSON, NOT_OURS) == {}
    assert rows() == before
