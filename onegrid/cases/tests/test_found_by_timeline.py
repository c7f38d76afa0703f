"""A case is found by what its timeline says, but not by strangers, nor by what leads to somebody."""

import importlib
from datetime import timedelta
from random import Random

import pytest
from django.db import connection

from onegrid.cases.actions.amend_case import add_note, relocate_case
from onegrid.cases.actions.handle_case import report_back
from onegrid.cases.actions.index_words import refresh_words
from onegrid.cases.actions.triage_case import file_case
from onegrid.cases.models import Case, Visibility
from onegrid.cases.readers import strangers
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.geography.public import locator_for

pytestmark = pytest.mark.django_db
NOON = MORNING + timedelta(hours=3)


def found(words):
    return list(Case.objects.matching(words))


@pytest.fixture
def noted(district, people):
    case = make_case(district)
    make_case(district)
    add_note(case_id=case.pk, text="已电话联系王主任", visibility=Visibility.INTERNAL, by=people.acceptor, at=NOON)
    return case


def test_by_a_note(noted):
    assert found("王主任") == [noted]
    assert found("联系主任") == []


def test_by_what_came_with_a_move(district, people):
    case = make_case(district, status=Status.IN_PROGRESS, category="lamp")

    report_back(case_id=case.pk, version=1, result="换了两只灯泡", by=people.handler, at=MORNING)

    assert found("灯泡") == [case]


def test_by_several_words(noted):
    assert found("王主任 电话") == [noted]


def test_still_when_it_lies_elsewhere(noted, people):
    there = locator_for(NOON.date()).locate((120.625, 27.905))

    relocate_case(
        case_id=noted.pk, version=1, location=there, original=(120.625, 27.905), system="wgs84", by=people.acceptor,
        at=NOON,
    )  # fmt: skip

    assert found("王主任") == [noted]


def test_under_the_title_it_was_filed_under(district, people):
    case = make_case(district, status=Status.ACCEPTED, title="井盖破损，王大伯家门口")

    file_case(
        case_id=case.pk, version=1, category_code="roads.manhole", by=people.shift_lead, at=NOON, title="井盖断裂"
    )

    assert found("断裂") == [case]
    assert found("王大伯") == []


def test_by_strangers_only_in_words_that_they_may_read(district, people):
    case = make_case(
        district, status=Status.FILED, category="lamp", title="路灯不亮", description="请打 13806770001 联系"
    )
    refresh_words(case)

    add_note(case_id=case.pk, text="路灯已断电，王主任知道", visibility=Visibility.PUBLIC, by=people.acceptor, at=NOON)

    assert list(strangers.found("路灯")) == [case]
    assert list(strangers.found("请打")) == [case]
    for words in ("王主任", "断电", "路灯 王主任", "13806770001"):
        assert list(strangers.found(words)) == []
        assert found(words) == [case]


def test_by_strangers_in_a_word_that_the_timeline_had_first(district, people):
    case = make_case(district, status=Status.ACCEPTED, title="坏了", description="")
    refresh_words(case)
    add_note(case_id=case.pk, text="是路灯", visibility=Visibility.INTERNAL, by=people.acceptor, at=NOON)
    assert list(strangers.found("路灯")) == []

    file_case(case_id=case.pk, version=1, category_code="roads.lamp", by=people.shift_lead, at=NOON, title="路灯坏了")

    assert list(strangers.found("路灯")) == [case]


def test_by_no_more_than_a_vector_holds_while_entries_are_taken_without_end(noted, people):
    """A vector of a megabyte is refused, and nobody may make a case deaf by writing much."""
    drawn = Random(1)  # noqa: S311 — no secret
    for _ in range(60):
        text = "".join(chr(drawn.randint(0x4E00, 0x9FFF)) for _ in range(5_000))
        add_note(case_id=noted.pk, text=text, visibility=Visibility.INTERNAL, by=people.acceptor, at=NOON)

    add_note(case_id=noted.pk, text="到此为止", visibility=Visibility.INTERNAL, by=people.acceptor, at=NOON)
    refresh_words(noted)

    assert noted.timeline.filter(text="到此为止").exists()
    assert found("王主任") == [noted]


def test_by_what_its_timeline_said_before_that_was_looked_into(noted):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET search = ''")
    migration = importlib.import_module("onegrid.cases.migrations.0029_words_of_the_timeline")

    migration.add_words(None, None)

    assert found("王主任") == [noted]


def test_in_either_script_also_where_it_was_there_before(noted, people):
    add_note(case_id=noted.pk, text="主任說井蓋已換", visibility=Visibility.INTERNAL, by=people.acceptor, at=NOON)
    with connection.cursor() as cursor:  # as they were indexed until then
        cursor.execute("UPDATE cases_case SET search = $$'井蓋' '蓋已' '已換' '換'$$ WHERE id = %s", [noted.pk])
    migration = importlib.import_module("onegrid.cases.migrations.0031_either_script")

    migration.fold(None, None)

    assert found("井盖已换") == found("井蓋") == [noted]
