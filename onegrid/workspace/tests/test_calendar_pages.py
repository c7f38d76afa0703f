"""Calendars on screen: who follows which, a year with what is not as usual, and setting days."""

from datetime import UTC, date, datetime

import pytest

from onegrid.accounts.models import Role
from onegrid.cases.tests.factories import with_duty
from onegrid.core.snapshots import bump
from onegrid.units.models import CalendarDay, HolidaySource
from onegrid.units.public import calendar_of
from onegrid.units.readers.directory import SNAPSHOT
from onegrid.units.rules.week import OFFICE_HOURS
from onegrid.units.tests.factories import calendar_row, own_day
from onegrid.workspace.web import calendars

pytestmark = pytest.mark.django_db
NOVEMBER = datetime(2026, 11, 25, 2, tzinfo=UTC)
DAY = date(2026, 11, 27)  # a Friday


@pytest.fixture(autouse=True)
def _in_november(monkeypatch):
    monkeypatch.setattr(calendars, "now", lambda: NOVEMBER)


@pytest.fixture
def office(district):
    row = calendar_row("office", weekly=OFFICE_HOURS, holidays=HolidaySource.CHINA, is_default=True)
    calendar_row("daily")
    bump(SNAPSHOT)
    return row


@pytest.fixture
def chief(office, district):
    return with_duty(Role.SHIFT_LEAD, unit=district.units.centre, name="区值班长")


def sent(whose="roads", what="rest", day="2026-11-27", **also):
    return {"whose": whose, "what": what, "day": day, "until": "", "spans": "", "reason": "台风", **also}


@pytest.mark.queries(14)
def test_lists_calendars_and_who_follows_them(as_, people, office):
    text = as_(people.handler).get("/calendars/").text

    assert "/calendars/office/?unit=roads" in text
    assert "Monday – Friday" in text
    assert '<span class="text-nowrap">08:30–12:00</span>' in text
    assert "Works through public holidays" in text
    assert "no unit" in text


@pytest.mark.parametrize("path", ["/calendars/", "/calendars/office/"])
def test_warns_from_october_on_that_next_years_holidays_are_not_known(as_, people, office, monkeypatch, path):
    client = as_(people.handler)
    warned = client.get(path).text
    monkeypatch.setattr(calendars, "now", lambda: datetime(2026, 9, 30, 2, tzinfo=UTC))
    before = client.get(path).text

    assert "The public holidays of 2027 are not known here." in warned
    assert "not known here" not in before


@pytest.mark.parametrize(("language", "sign"), [("en", "H"), ("zh-hans", "休"), ("zh-hant", "休")])
def test_marks_days_by_sign_and_words(as_, people, office, language, sign):
    text = as_(people.handler, language).get("/calendars/office/?year=2026").text

    assert text.count("<caption>") == 12
    assert f'<i aria-hidden="true">{sign}</i>' in text


@pytest.mark.queries(15)
def test_says_what_a_day_is_to_those_who_do_not_see_it(as_, people, office):
    own_day(DAY, calendar=office, reason="台风停工")
    bump(SNAPSHOT)

    text = as_(people.handler).get("/calendars/office/?year=2026").text

    assert "Set here: not worked: 台风停工: not worked" in text
    assert 'aria-current="date"' in text


def test_a_shift_lead_sets_a_span_of_days_and_the_clocks_of_the_unit_follow(as_, chief, office, district):
    client, roads = as_(chief), district.units.roads.pk

    response = client.post("/calendars/office/?unit=roads", sent(until="2026-11-30", reason="搬迁"), follow=True)

    assert response.redirect_chain[0][0] == "/calendars/office/?year=2026&unit=roads"
    assert not calendar_of(roads).is_working_day(DAY)
    assert calendar_of(district.units.fire.pk).is_working_day(DAY)
    assert "搬迁" in response.text
    assert "4 days have changed" in response.text
    assert "区值班长" in response.text


def test_a_set_day_is_withdrawn(as_, chief, office, district):
    own_day(DAY, unit=district.units.roads)
    bump(SNAPSHOT)
    client = as_(chief)

    shown = client.get("/calendars/office/?unit=roads").text
    client.post("/calendars/office/?unit=roads", sent(what="usual", reason=""))

    assert "Withdraw it" in shown
    assert calendar_of(district.units.roads.pk).is_working_day(DAY)


def test_hours_are_read_as_people_type_them(as_, chief, office, district):
    as_(chief).post("/calendars/office/", sent(what="work", day="2026-11-28", spans="09：00至11：00"))

    assert CalendarDay.objects.get().spans == [["09:00", "11:00"]]


def test_a_shift_lead_of_the_district_sets_days_for_all(as_, chief, office, district):
    as_(chief).post("/calendars/office/", sent(whose="*"))

    assert not calendar_of(district.units.fire.pk).is_working_day(DAY)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"day": ""}, "Say which day, or the first of them."),
        ({"day": "2026-02-30"}, "Enter a valid date"),
        ({"until": "2026-11-01"}, "The end lies before the beginning."),
        ({"day": "2024-11-01"}, "is over: what was reckoned with it stays"),
        ({"reason": ""}, "Say why these days are not as usual"),
        ({"what": "work", "spans": "morning"}, "Write working time such as"),
        ({"what": "work", "spans": "08:00-10:00, 09:00-11:00"}, "overlap"),
        ({"spans": "08:00-10:00"}, "A day that is not worked has no working time."),
        ({"whose": "centre"}, "Select a valid choice"),
        ({"whose": "none"}, "Select a valid choice"),
        ({"what": "usual"}, "Nobody has set a day there."),
        ({"what": "explode"}, "Select a valid choice"),
    ],
)
def test_refuses_in_words_and_keeps_what_was_typed(as_, chief, office, changes, said):
    response = as_(chief).post("/calendars/office/", sent(**changes))

    assert response.status_code == 422
    assert said in response.text
    assert not CalendarDay.objects.exists()


def test_nobody_is_chosen_beforehand_where_there_is_a_choice(as_, people, office):
    client = as_(people.shift_lead)

    open_, named = (client.get(f"/calendars/office/{query}").context["form"] for query in ("", "?unit=fire"))

    assert (open_["whose"].value(), named["whose"].value()) == ("", "fire")
    assert open_.fields["whose"].choices[0] == ("", "Choose for whom")
    assert client.post("/calendars/office/", sent(whose="")).status_code == 422


@pytest.mark.parametrize("person", ["handler", "head"])
def test_who_may_set_nothing_is_told_who_may(as_, people, office, person):
    text = as_(getattr(people, person)).get("/calendars/office/").text

    assert "Set these days" not in text
    assert "Days are set by the shift lead for the other units of their area" in text


@pytest.mark.parametrize("path", ["/calendars/none/", "/calendars/office/?unit=none", "/calendars/daily/?unit=roads"])
def test_finds_no_calendar_that_is_not_there(as_, people, office, path):
    assert as_(people.handler).get(path).status_code == 404


@pytest.mark.parametrize("year", ["", "x", "12", "9999", "２０２６"])
def test_shows_this_year_where_none_is_asked(as_, people, office, year):
    assert as_(people.handler).get("/calendars/office/", {"year": year}).context["page"].year == 2026


def test_a_district_without_calendars_shows_the_one_it_follows(as_, people):
    client = as_(people.head)

    assert client.get("/calendars/").status_code == 200
    assert client.get("/calendars/office-hours/").status_code == 200
    assert "Set these days" not in client.get("/calendars/office-hours/").text


def test_is_in_the_navigation(as_, people, office):
    assert 'href="/calendars/"' in as_(people.handler).get("/queue/").text
