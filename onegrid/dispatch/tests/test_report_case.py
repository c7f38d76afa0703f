from dataclasses import replace
from datetime import timedelta

import pytest

from onegrid.cases.models import Case, Channel, Report, TimelineEntry
from onegrid.cases.public import ReplayedWithAnotherBodyError
from onegrid.cases.tests.factories import MORNING
from onegrid.core.errors import InvalidInputError, NotAllowedError
from onegrid.core.fields import Point
from onegrid.core.ids import new_id
from onegrid.dispatch.actions.report_case import ReportedCase, report_case
from onegrid.geography.public import CoordinateSystem, OutsideDistrictError, from_wgs84
from onegrid.oversight.models import Entry

pytestmark = pytest.mark.django_db


def report(**also):
    values = {"id": new_id(), "text": "路灯不亮\n三天了", "x": 120.605, "y": 27.905, "category_code": "roads.lamp"}
    return ReportedCase(**{**values, **also})


def take_in(said, by=None, channel=Channel.PORTAL, at=MORNING):
    return report_case(report=said, channel=channel, by=by, at=at)


def test_writes_the_case_with_all_that_belongs_to_it(district):
    said = report()

    receipt = take_in(said).receipt

    case = Case.objects.get(pk=said.id)
    assert case.number == receipt.number
    assert case.title == "路灯不亮"
    assert case.grid == district.areas.grid
    assert case.holder_unit == district.units.chashan_centre
    assert case.stage_due_at == MORNING + timedelta(hours=2)
    assert TimelineEntry.objects.get(case=case).data["route"]["lead"] == "roads"
    assert Report.objects.get(case=case).is_anonymous
    assert Entry.objects.get().code == "cases.report"


def test_keeps_the_coordinates_as_they_came(district):
    gcj = from_wgs84(Point(120.605, 27.905), CoordinateSystem.GCJ02)

    take_in(report(x=gcj.lon, y=gcj.lat, system="gcj02"))

    case = Case.objects.get()
    assert (case.original_x, case.original_y, case.original_system) == (gcj.lon, gcj.lat, "gcj02")
    assert case.place == pytest.approx((120.605, 27.905), abs=1e-6)


def test_is_found_by_its_words_and_by_its_number(district):
    number = take_in(report()).receipt.number

    assert Case.objects.all().matching("路灯").count() == 1
    assert Case.objects.all().matching(number).count() == 1
    assert Case.objects.all().matching("井盖").count() == 0


def test_answers_a_repeated_sending_with_the_first_answer(district):
    said = report()

    first, second = take_in(said), take_in(said, at=MORNING + timedelta(minutes=1))

    assert (second.receipt.number, second.receipt.was_known) == (first.receipt.number, True)
    assert Case.objects.count() == 1


def test_refuses_the_same_id_with_another_body(district):
    said = report()
    take_in(said)

    with pytest.raises(ReplayedWithAnotherBodyError):
        take_in(replace(said, text="别的事"))


@pytest.mark.parametrize(
    ("also", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "x" * 5001}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"title": "x" * 121}, "title"),
        ({"category_code": "roads"}, "category"),
        ({"category_code": "no.such"}, "category"),
        ({"x": 0.0, "y": 0.0}, "location"),
        ({"x": float("nan")}, "location"),
        ({"system": "mars"}, "system"),
        ({"reported_at": MORNING + timedelta(hours=1)}, "reported_at"),
    ],
)
def test_names_the_field_that_is_wrong_and_writes_nothing(also, field, district):
    with pytest.raises(InvalidInputError) as refusal:
        take_in(report(**also))

    assert field in refusal.value.fields
    assert not Case.objects.exists()


def test_refuses_a_place_outside_and_says_how_far(district):
    with pytest.raises(OutsideDistrictError) as refusal:
        take_in(report(x=120.70))

    assert refusal.value.meters > 1000


def test_refuses_somebody_whose_duty_lies_elsewhere(district, people):
    with pytest.raises(NotAllowedError):
        take_in(report(), by=people.stranger, channel=Channel.DESK)


def test_hides_what_the_catalogue_closes(district):
    take_in(report(category_code="dispute"))

    assert not Case.objects.get().is_public


def test_takes_one_statement_when_reference_data_is_in_memory(district, django_assert_num_queries):
    take_in(report())

    with django_assert_num_queries(1):
        take_in(report())


@pytest.mark.parametrize("category", ["", "roads.lamp"])
def test_refuses_answers_to_what_is_not_asked(category, district):
    with pytest.raises(InvalidInputError) as refusal:
        take_in(report(category_code=category, answers={"depth": 3}))

    assert set(refusal.value.fields) == {"answers.depth"}
    assert not Case.objects.exists()
