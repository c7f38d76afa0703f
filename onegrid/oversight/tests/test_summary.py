"""How the result of a check is told."""

import json

import pytest
from django.utils import translation

from onegrid.oversight.public import as_data, seal_entries, summary
from onegrid.oversight.rules.faults import Fault, Kind, explain
from onegrid.oversight.tests.trail import AT, check, numbers, tamper, write


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize("kind", Kind)
def test_says_each_kind_of_fault_in_a_sentence(kind):
    said = explain(Fault(kind=kind, seq=17, seal=3, other=19, key="0c"))

    assert said.endswith(".")
    assert "%" not in said


@pytest.mark.django_db
def test_of_a_whole_trail_ends_with_what_to_note_down():
    write(2)
    seal_entries(at=AT)

    told = list(summary(check()))

    assert told[:2] == ["The trail is whole.", "Seals checked: 1. Entries under them: 2. Entries under no seal: 0."]
    assert told[2].startswith("To note down for next time: 1 ")


@pytest.mark.django_db
def test_of_nothing_has_nothing_to_note_down():
    seal_entries(at=AT)
    write(1)
    seal_entries(at=AT)
    tamper("DELETE FROM oversight_seal")

    assert list(summary(check())) == [
        "The trail is not as it was sealed.",
        "  - There is no seal at all, so nothing vouches for these entries.",
        "Seals checked: 0. Entries under them: 0. Entries under no seal: 1.",
    ]


@pytest.mark.django_db
def test_names_the_rows(monkeypatch):
    monkeypatch.setattr("onegrid.oversight.rules.examination.MOST_NAMED", 2)
    write(3)
    seal_entries(at=AT)
    first, second, _ = numbers()
    tamper("UPDATE oversight_entry SET by = ''")

    assert list(summary(check()))[:4] == [
        "The trail is not as it was sealed.",
        f"  - Entry {first} was changed after seal 1 was put on it.",
        f"  - Entry {second} was changed after seal 1 was put on it.",
        "  - And 1 more.",
    ]


@pytest.mark.django_db
def test_can_be_read_by_a_program():
    write(1)
    seal_entries(at=AT)
    tamper("DELETE FROM oversight_entry")

    data = json.loads(json.dumps(as_data(check())))

    assert (data["whole"], data["faults"][0]["kind"], data["last"]["number"]) == (False, "removed", 1)
