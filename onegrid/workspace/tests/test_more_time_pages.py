"""More time on the screens: asking on the case page, deciding in place, the list of what waits, the chip of a pause."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now

from onegrid.cases.actions.amend_case import recategorize_case
from onegrid.cases.actions.decide_time import decide_time
from onegrid.cases.models import Case, Evidence, TimeRequest
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import make_case, make_request
from onegrid.catalogue.models import Category, TimeUnit
from onegrid.catalogue.readers import SNAPSHOT
from onegrid.core.snapshots import bump
from onegrid.core.tests.samples import photo as sample

pytestmark = [pytest.mark.django_db, pytest.mark.queries(45)]  # with a photo, which is put into a queue


@pytest.fixture
def handled(district):
    """A case that a unit took a moment ago."""
    at = now()
    return make_case(district, status=Status.IN_PROGRESS, category="lamp", at=at, stage_due_at=at + timedelta(hours=24))


def address(case, name):
    return reverse("workspace:step", args=[case.number, name])


def page_of(client, case):
    return client.get(reverse("workspace:case", args=[case.number])).text


def test_the_unit_asks_with_a_photo(as_, people, handled):
    photo = SimpleUploadedFile("配件.jpg", sample(), "image/jpeg")

    response = as_(people.handler).post(
        address(handled, "ask-extension"), {"version": 1, "amount": "12", "reason": "配件要调货", "files_sent": [photo]}
    )

    assert response.status_code == 302, response.text
    request = TimeRequest.objects.get()
    assert (request.hours, request.proof) == (12, [Evidence.objects.get().pk])


def test_what_is_missing_is_said_and_nothing_is_kept(as_, people, handled):
    photo = SimpleUploadedFile("配件.jpg", sample(), "image/jpeg")
    sent = {"version": 1, "amount": "24.1", "reason": "", "files_sent": [photo]}

    response = as_(people.handler).post(address(handled, "ask-extension"), sent)

    assert response.status_code == 422
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("until", ["", "2020-01-01", "2999-01-01", "gestern"])
def test_a_suspension_needs_a_day_that_lies_ahead(as_, people, handled, until):
    sent = {"version": 1, "until": until, "reason": "等汛期过去"}

    response = as_(people.handler).post(address(handled, "ask-suspension"), sent)

    assert response.status_code == 422


def test_a_request_is_shown_with_what_it_would_come_to(as_, people, district, handled):
    piece = Evidence.objects.create(
        case=handled, kind="document", purpose="other", sha256="0" * 64, media_type="application/pdf", size=1,
        added_at=now(),
    )  # fmt: skip
    at = now()
    make_request(district, handled.pk, by=people.handler, at=at, proof=[piece.pk], hours=24)

    page = page_of(as_(people.shift_lead), handled)

    assert "Extension by 1 d asked for" in page
    assert "配件要调货" in page
    assert "Due if granted now" in page
    assert address(handled, "decide-time") in page


def test_the_centre_grants_in_place(as_, people, district, handled):
    at = now()
    make_request(district, handled.pk, by=people.handler, at=at)
    client = as_(people.shift_lead)

    shown = client.get(address(handled, "decide-time"))
    response = client.post(address(handled, "decide-time"), {"version": 1, "is_granted": "1", "note": "属实"})

    assert (shown.status_code, response.status_code) == (200, 302)
    assert TimeRequest.objects.get().state == "granted"
    assert "Granted: 6 h more; now due" in page_of(client, handled)


@pytest.mark.parametrize(
    ("counted_in", "said"),
    [
        (TimeUnit.WORKING_DAYS, "2 working days more"),
        (TimeUnit.WORKING_HOURS, "48 working hours more"),
        (TimeUnit.NATURAL_DAYS, "2 d more"),
    ],
)
def test_on_screen_and_paper_it_is_said_in_what_the_catalogue_counts(as_, people, district, counted_in, said):
    limits = {"handle": 120, "dispatch": 4}
    Category.objects.filter(pk=district.categories.lamp.pk).update(time_unit=counted_in, limits=limits)
    bump(SNAPSHOT)
    case = make_case(district, status=Status.IN_PROGRESS, category="lamp", at=now())
    make_request(district, case.pk, by=people.handler, at=now(), hours=48)
    decide_time(case_id=case.pk, version=1, is_granted=True, note="属实", by=people.shift_lead, at=now())
    client = as_(people.shift_lead)
    page, paper = page_of(client, case), client.get(reverse("workspace:print", args=[case.number])).text

    assert f"Granted: {said}" in page
    assert f"Granted: {said}" in paper


def test_who_asked_reads_why_it_is_not_theirs_to_decide(as_, people, district, handled):
    at = now()
    make_request(district, handled.pk, by=people.head, at=at, level="unit")

    page = page_of(as_(people.head), handled)

    assert "You asked for this yourself" in page


def test_what_waits_for_a_post_is_listed_and_counted(as_, people, district, handled):
    make_request(district, handled.pk, by=people.handler)

    client = as_(people.shift_lead)
    listed = client.get(reverse("workspace:time_requests")).text

    assert handled.number in listed
    assert handled.number not in as_(people.district_lead).get(reverse("workspace:time_requests")).text


def test_the_list_of_what_waits_says_what_is_left_as_the_case_does(as_, people, district):
    limits = {"handle": 40, "dispatch": 4}
    Category.objects.filter(pk=district.categories.lamp.pk).update(time_unit=TimeUnit.WORKING_HOURS, limits=limits)
    bump(SNAPSHOT)
    due = now() + timedelta(days=30)
    case = make_case(district, status=Status.IN_PROGRESS, category="lamp", at=now(), stage_due_at=due)
    make_request(district, case.pk, by=people.handler, at=now())

    listed = as_(people.shift_lead).get(reverse("workspace:time_requests")).text

    assert re.search(r"working hours[^<]* left", listed)
    assert " d left" not in listed


def test_what_was_granted_is_told_as_it_was_under_another_category_too(as_, people, district):
    for category, unit in (("lamp", TimeUnit.WORKING_DAYS), ("manhole", TimeUnit.WORKING_HOURS)):
        kind = getattr(district.categories, category)
        Category.objects.filter(pk=kind.pk).update(time_unit=unit, limits={"handle": 120, "dispatch": 4})
    bump(SNAPSHOT)
    case = make_case(district, status=Status.IN_PROGRESS, category="lamp", at=now())
    make_request(district, case.pk, by=people.handler, at=now(), hours=48)
    decide_time(case_id=case.pk, version=1, is_granted=True, note="属实", by=people.shift_lead, at=now())
    recategorize_case(
        case_id=case.pk, version=2, category_code="roads.manhole", by=people.dispatcher, at=now(), reason="是井盖"
    )

    assert "Granted: 2 working days more" in page_of(as_(people.shift_lead), case)


def test_a_limit_that_is_over_is_said_on_the_button(as_, people, district):
    case = make_case(district, status=Status.IN_PROGRESS, category="lamp")

    page = page_of(as_(people.handler), case)

    assert "The limit is already used up" in page


def test_a_suspended_case_has_the_chip_of_a_pause_in_list_and_page(as_, people, district):
    case = make_case(district, status=Status.SUSPENDED, suspended_until=now() + timedelta(days=9))
    client = as_(people.handler)

    assert "og-clock--p" in page_of(client, case)
    assert "og-clock--p" in client.get(f"{reverse('workspace:queue')}?scope=led").text


def test_a_suspension_ends_early_on_the_page(as_, people, district):
    case = make_case(district, status=Status.SUSPENDED, suspended_until=now() + timedelta(days=9))

    response = as_(people.dispatcher).post(address(case, "resume"), {"version": 1, "note": "料到了"})

    assert response.status_code == 302
    assert Case.objects.get().status == Status.IN_PROGRESS


def test_a_return_names_its_reason_in_the_timeline(as_, people, handled):
    client = as_(people.handler)

    client.post(address(handled, "return"), {"version": 1, "code": "private_property", "reason": "是小区的"})

    assert "Returned by the unit: Private property" in page_of(as_(people.dispatcher), handled)


def test_who_asks_reads_before_how_often_it_is_had_and_who_decides(as_, people, district, handled):
    at = now()
    decided = {"state": "granted", "decided_by": people.shift_lead, "ended_at": at}
    make_request(district, handled.pk, by=people.handler, at=at, hours=12, **decided)

    extension = as_(people.handler).get(address(handled, "ask-extension")).text
    suspension = as_(people.handler).get(address(handled, "ask-suspension")).text

    assert "1 of 2 extensions left. Decided by the district." in extension
    assert "Once for a case, for 365 days at most. Decided by the district." in suspension


@pytest.mark.parametrize(
    ("unit", "hours", "label", "most"),
    [
        (TimeUnit.NATURAL_DAYS, 1, "How many hours more?", "At most 1 hour."),
        (TimeUnit.NATURAL_DAYS, 36, "How many hours more?", "At most 36 hours."),
        (TimeUnit.NATURAL_DAYS, 72, "How many days more?", "At most 3 days."),
        (TimeUnit.WORKING_DAYS, 24, "How many hours more?", "At most 24 hours (1 working day)."),
        (TimeUnit.WORKING_DAYS, 120, "How many days more?", "At most 5 days (5 working days)."),
        (TimeUnit.WORKING_DAYS, 64, "How many days more?", "At most 2.6 days (2 working days 16 h)."),
        (TimeUnit.WORKING_HOURS, 8, "How many hours more?", "At most 8 hours (8 working hours)."),
    ],
)
def test_the_most_is_said_in_the_unit_that_is_asked(as_, people, district, handled, unit, hours, label, most):
    Category.objects.filter(pk=district.categories.lamp.pk).update(time_unit=unit, limits={"handle": hours})
    bump(SNAPSHOT)

    text = as_(people.handler).get(address(handled, "ask-extension")).text

    assert label in text
    assert most in text


@pytest.mark.parametrize("name", ["ask-extension", "ask-suspension"])
@pytest.mark.parametrize("role", ["handler", "head", "shift_lead", "dispatcher"])
def test_a_case_that_has_left_its_unit_meanwhile_is_refused_and_nothing_breaks(as_, people, district, name, role):
    left = make_case(district, status=Status.FILED, category="lamp")
    sent = {"version": 1, "amount": "12", "until": "2999-01-01", "reason": "配件要调货"}

    client = as_(getattr(people, role))

    assert client.get(address(left, name)).status_code in {403, 404, 409}
    assert client.post(address(left, name), sent).status_code in {403, 404, 409, 422}
    assert not TimeRequest.objects.exists()
