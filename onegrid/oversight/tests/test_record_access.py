"""Opening personal data."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from onegrid.oversight.models import Access, Entry
from onegrid.oversight.public import ReasonMissingError, record_access, stands_for, who_looked_at
from onegrid.oversight.rules.reasons import is_reason
from onegrid.oversight.tests.trail import AT, LIN

pytestmark = pytest.mark.django_db
REPORT = "cases.Report:1"
LOOK = {"subject": REPORT, "purpose": "回访核实地点", "case": "cases.Case:7", "by": LIN, "at": AT}


def test_is_shown_to_the_person_concerned(django_assert_num_queries):
    record_access(**LOOK)

    with django_assert_num_queries(1):
        (access,) = who_looked_at(REPORT).accesses
    assert (access.by, access.unit, access.purpose, access.case) == (LIN.name, LIN.unit, "回访核实地点", "cases.Case:7")


def test_is_not_shown_to_others():
    record_access(**LOOK)

    assert who_looked_at("cases.Report:2").accesses == []


def test_is_in_the_trail_with_a_commitment_to_the_reason():
    access = record_access(**LOOK)

    entry = Entry.objects.get()
    assert (entry.code, entry.target) == ("oversight.open_personal_data", REPORT)
    assert (entry.data["access"], entry.data["case"]) == (str(access.id), "cases.Case:7")
    assert stands_for(entry.data["purpose"], value="回访核实地点", subject=REPORT)


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"purpose": "  "}, "purpose"),
        ({"purpose": "看看"}, "purpose"),
        ({"purpose": "。。。。"}, "purpose"),
        ({"case": " "}, "case"),
    ],
)
def test_needs_a_reason_and_a_case(missing, field):
    with pytest.raises(ReasonMissingError) as refusal:
        record_access(**LOOK | missing)

    assert list(refusal.value.fields) == [field]
    assert not Access.objects.exists()


@given(st.text(max_size=3))
def test_does_not_take_three_characters_for_a_reason(text):
    assert not is_reason(text)


def test_is_listed_latest_first_and_in_pages():
    for minute in range(5):
        record_access(**LOOK | {"at": AT + timedelta(minutes=minute // 2)})

    first = who_looked_at(REPORT, limit=3)
    rest = who_looked_at(REPORT, limit=3, before=first.next_before)

    seen = [*first.accesses, *rest.accesses]
    assert (len({access.id for access in seen}), rest.next_before) == (5, None)
    assert seen == sorted(seen, key=lambda access: (access.at, access.id), reverse=True)


@pytest.mark.parametrize("attack", ["UPDATE oversight_access SET by = ''", "DELETE FROM oversight_access"])
def test_cannot_be_undone(attack):
    record_access(**LOOK)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)
