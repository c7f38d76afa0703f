"""Joining a case that is there already instead of reporting it again."""

import pytest

from onegrid.cases.actions.insert_case import ReplayedWithAnotherBodyError, link_hash
from onegrid.cases.actions.join_case import JoiningReport, join_case
from onegrid.cases.models import Report, TimelineEntry, Visibility
from onegrid.cases.readers.similar import Matter, similar_for_strangers
from onegrid.cases.rules.absence import CaseNotFoundError
from onegrid.cases.states import IllegalMoveError, Outcome, Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.core.fields import Point
from onegrid.core.ids import new_id

pytestmark = pytest.mark.django_db


def a_report(**also):
    return JoiningReport(**{"id": new_id(), "text": "还在，昨天又绊倒一个人", "link_secret": "s3cret", **also})


def test_counts_one_more_and_keeps_the_words_from_the_public(district):
    case = make_case(district, status=Status.ACCEPTED)

    joined = join_case(number=case.number, report=a_report(reporter_contact="13800000000"), at=MORNING)

    report = Report.objects.get(link_hash=link_hash("s3cret"))
    assert (joined.report_count, report.case_id, report.is_anonymous) == (2, case.pk, False)
    [note] = TimelineEntry.objects.filter(text__contains="绊倒")
    assert note.visibility == Visibility.INTERNAL
    assert TimelineEntry.objects.filter(case=case, data={"joined": 2}, visibility=Visibility.PUBLIC).exists()


def test_twice_is_once(district):
    case, report = make_case(district, status=Status.ACCEPTED), a_report()
    join_case(number=case.number, report=report, at=MORNING)

    assert join_case(number=case.number, report=report, at=MORNING).report_count == 2


def test_the_same_id_with_other_words_is_refused(district):
    case, report = make_case(district, status=Status.ACCEPTED), a_report()
    join_case(number=case.number, report=report, at=MORNING)

    with pytest.raises(ReplayedWithAnotherBodyError):
        join_case(number=case.number, report=a_report(id=report.id, text="别的"), at=MORNING)


def test_what_has_ended_takes_nobody_in(district):
    case = make_case(district, status=Status.CLOSED, outcome=Outcome.FIXED)

    with pytest.raises(IllegalMoveError):
        join_case(number=case.number, report=a_report(), at=MORNING)


@pytest.mark.parametrize("number", ["OG-000000-000000", ""])
def test_what_strangers_do_not_see_cannot_be_joined(district, number):
    with pytest.raises(CaseNotFoundError):
        join_case(number=number, report=a_report(), at=MORNING)


def test_offers_strangers_only_what_they_may_read_and_what_is_alike(district):
    here = Point(120.605, 27.905)
    seen = make_case(district, title="井盖破损", description="", status=Status.ACCEPTED)
    make_case(district, title="井盖破损", description="")  # nobody has accepted it yet
    make_case(district, category="lamp", title="路灯不亮", description="", status=Status.ACCEPTED)

    found = similar_for_strangers(Matter(place=here, text="井盖坏了"), at=MORNING)

    assert [other.case.number for other in found] == [seen.number]
