import pytest
from django.utils import translation

from onegrid.core.errors import InvalidInputError
from onegrid.units.rules.week import (
    OFFICE_HOURS,
    Span,
    WrongCalendarError,
    read_spans,
    spans_of,
    week_of,
    written_spans,
)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def test_reads_the_spans_of_each_weekday():
    week = week_of(OFFICE_HOURS)

    assert week.on(5) == (Span(510, 720), Span(840, 1050))
    assert week.on(6) == ()


def test_puts_spans_in_order_and_writes_them_as_they_were():
    assert written_spans(spans_of([["14:00", "24:00"], ["00:00", "12:00"]])) == [["00:00", "12:00"], ["14:00", "24:00"]]


def test_an_ordinary_day_is_the_first_that_is_worked():
    assert week_of({"7": [["10:00", "11:00"]], "3": [["09:00", "10:00"]]}).ordinary == (Span(540, 600),)


def test_spans_may_touch():
    assert len(spans_of([["08:00", "12:00"], ["12:00", "17:00"]])) == 2


@pytest.mark.parametrize(
    ("weekly", "reason"),
    [
        ({"1": [["08:30", "12:00"], ["11:00", "17:30"]]}, "08:30–12:00 and 11:00–17:30 overlap"),
        ({"1": [["12:00", "08:30"]]}, "12:00–08:30 ends before it begins"),
        ({"1": [["12:00", "12:00"]]}, "ends before it begins"),
        ({"1": [["22:00", "06:00"]]}, "Work past midnight is two spans: until 24:00, and from 00:00"),
        ({"1": [["8:30", "12:00"]]}, "“8:30” is no time of day"),
        ({"1": [["08:30", "25:00"]]}, "“25:00” is no time of day"),
        ({"8": [["08:30", "12:00"]]}, "“8” is no day of the week"),
        ({}, "no working time at all"),
        ({"1": []}, "no working time at all"),
    ],
)
def test_refuses_with_the_reason(weekly, reason):
    with pytest.raises(WrongCalendarError, match=reason) as refusal:
        week_of(weekly)

    assert isinstance(refusal.value, InvalidInputError)


@pytest.mark.parametrize(
    "text",
    [
        "08:30-12:00, 14:00-17:30",
        "08:30–12:00;14:00–17:30",
        " 14：00至17：30，08：30~12：00 ",
        "08:30 - 12:00、14:00-17:30",
    ],
)
def test_reads_spans_as_people_type_them(text):
    assert read_spans(text) == [["08:30", "12:00"], ["14:00", "17:30"]]


def test_reads_nothing_as_no_spans():
    assert read_spans("  ") == []


@pytest.mark.parametrize("text", ["morning", "08:30", "08:30-12:00,", "8-12", "09:00-11:00, 10:00-12:00"])
def test_refuses_spans_that_it_cannot_read(text):
    with pytest.raises(WrongCalendarError):
        read_spans(text)
