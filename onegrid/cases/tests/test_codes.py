"""What somebody asks for: codes that stand or once did are known, others are refused, and so are signs alone."""

import pytest

from onegrid.cases.readers.codes import CannotBeFoundError, known
from onegrid.cases.readers.selection import Selection
from onegrid.catalogue.models import Category
from onegrid.catalogue.public import SNAPSHOT
from onegrid.core.snapshots import bump
from onegrid.geography.models import Area, Level

LONG_AGO = "2020-01-01"


def close(code):
    Area.objects.filter(code=code).update(opens_on=LONG_AGO, closes_on="2021-01-01")


@pytest.mark.parametrize(
    ("code", "level"), [("330304", Level.DISTRICT), ("330304010", Level.TOWNSHIP), ("330304010001001", Level.GRID)]
)
def test_knows_an_area_and_its_level_in_one_statement(district, code, level, django_assert_num_queries):
    with django_assert_num_queries(1):
        asked = known(Selection(area=code))

    assert asked == Selection(area=code, area_level=level)


def test_looks_for_no_level_that_is_known(district, django_assert_num_queries):
    with django_assert_num_queries(0):
        known(Selection(area="330304010", area_level=Level.TOWNSHIP))


def test_knows_an_area_that_was_closed(district):
    close("330304010001002")

    assert known(Selection(area="330304010001002")).area_level is Level.GRID


@pytest.mark.parametrize("code", ["", "-", "roads", "roads.lamp"])
def test_knows_a_category_a_group_and_those_that_have_none(district, code):
    assert known(Selection(category=code)) == Selection(category=code)


def test_knows_a_category_of_which_only_former_versions_are_left(district):
    Category.objects.filter(code="roads.lamp").update(opens_on=LONG_AGO, closes_on="2021-01-01")
    bump(SNAPSHOT)

    assert known(Selection(category="roads.lamp")).category == "roads.lamp"


@pytest.mark.parametrize("name", ["unit", "lead", "holder", "handled_by"])
@pytest.mark.parametrize("code", ["-", "chashan-centre"])
def test_knows_a_unit_and_that_there_is_none(district, name, code):
    assert known(Selection(**{name: code})) == Selection(**{name: code})


@pytest.mark.parametrize(
    "asked",
    [
        {"area": "nope"}, {"category": "nope"}, {"category": "road"},
        {"unit": "nope"}, {"lead": "nope"}, {"holder": "nope"}, {"handled_by": "nope"},
        {"text": "%"}, {"text": " ( "}, {"text": "😀"}, {"text": "_"},
    ],
)  # fmt: skip
def test_names_what_cannot_be_found(district, asked):
    with pytest.raises(CannotBeFoundError) as refusal:
        known(Selection(**asked))

    assert refusal.value.fields.keys() == asked.keys()
