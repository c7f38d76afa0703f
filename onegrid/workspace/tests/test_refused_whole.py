"""What is refused between units leaves nothing half-done, and says so in the language of who asked."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now

from onegrid.cases.models import Evidence, LatenessAppeal, SupervisionOrder, TimeRequest
from onegrid.cases.states import Status
from onegrid.cases.tests.appeals import appeal, closed_case, review
from onegrid.cases.tests.factories import make_case, make_order, make_request, make_task
from onegrid.core.tests.samples import photo as sample
from onegrid.dispatch.models import Argument
from onegrid.dispatch.tests.dockets import make_docket

pytestmark = [pytest.mark.django_db, pytest.mark.queries(45)]
TOO_LONG = "长" * 100_000
NAUGHTY = [
    "<script>alert(1)</script>",
    "'; DROP TABLE cases_case; --",
    "{{ 7 * 7 }}{% now %}",
    "\u202e反向",
    "😀" * 100,
]


def photo():
    return SimpleUploadedFile("配件.jpg", sample(), "image/jpeg")


def address(case, name):
    return reverse("workspace:step", args=[case.number, name])


@pytest.fixture
def handled(district):
    """A case that the roads took a moment ago."""
    at = now()
    return make_case(district, status=Status.IN_PROGRESS, category="lamp", at=at, stage_due_at=at + timedelta(hours=24))


@pytest.fixture
def overdue(district):
    """A case that the roads took four days ago and had a day for."""
    return make_case(
        district, status=Status.IN_PROGRESS, category="lamp", at=now() - timedelta(days=4),
        stage_due_at=now() - timedelta(days=3),
    )  # fmt: skip


@pytest.fixture
def late(district, people):
    """A case that ended late an hour ago."""
    return closed_case(district, people, at=now() - timedelta(hours=102))


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("ask-extension", {"amount": "4"}),
        ("ask-suspension", {"until": (now() + timedelta(days=9)).date().isoformat()}),
    ],
)
@pytest.mark.parametrize(("language", "words"), [("en", "already used up"), ("zh-hans", "时限已经用完")])
def test_time_asked_for_after_the_limit_is_refused_and_no_photo_stays(
    as_, people, overdue, name, sent, language, words
):
    response = as_(people.handler, language).post(
        address(overdue, name), {"version": 1, "reason": "等配件", "files_sent": [photo()], **sent}
    )

    assert (response.status_code, words in response.text) == (409, True)
    assert not (TimeRequest.objects.exists())
    assert not (Evidence.objects.exists())


def test_a_second_request_is_refused_and_no_photo_stays(as_, people, district, handled):
    make_request(district, handled.pk, by=people.handler)

    response = as_(people.head).post(
        address(handled, "ask-extension"), {"version": 1, "amount": "4", "reason": "等配件", "files_sent": [photo()]}
    )

    assert response.status_code == 409
    assert (TimeRequest.objects.count(), Evidence.objects.count()) == (1, 0)


def test_a_second_appeal_is_refused_and_no_photo_stays(as_, people, late):
    appeal(late, people, at=now())
    late.refresh_from_db()
    before = Evidence.objects.count()

    response = as_(people.head).post(
        address(late, "appeal"),
        {"version": late.version, "about": "whole", "reason": "封路", "files_sent": [photo()]},
    )

    assert response.status_code == 409
    assert (LatenessAppeal.objects.count(), Evidence.objects.count()) == (1, before)


def test_who_is_not_in_a_docket_leaves_no_photo_in_it(as_, people, district):
    case = make_case(district, status=Status.DISPUTED, category="lamp", lead_unit=district.units.roads)
    make_docket(case, unit=district.units.roads, by=people.handler)

    response = as_(people.coordinator).post(
        reverse("workspace:docket", args=[case.number, 1]), {"text": "不是我们", "file": [photo()]}
    )

    assert response.status_code == 403
    assert not (Argument.objects.exists())
    assert not (Evidence.objects.exists())


@pytest.mark.parametrize(
    ("name", "sent", "who"),
    [
        ("ask-extension", {"amount": "4"}, "handler"),
        ("order", {"kind": "leader"}, "leader"),
        ("dispute", {"reason": "not_our_task"}, "handler"),
    ],
)
@pytest.mark.parametrize("text", ["", " \n ", TOO_LONG, "a\x00b"])
def test_a_reason_that_is_none_or_has_no_end_is_refused_at_its_field(as_, people, handled, name, sent, who, text):
    texts = dict.fromkeys(["reason", "text", "grounds"], text) | sent

    response = as_(getattr(people, who)).post(address(handled, name), {"version": 1, "files_sent": [photo()], **texts})

    handled.refresh_from_db()
    assert (response.status_code, handled.version) == (422, 1)
    assert not (TimeRequest.objects.exists())
    assert not (SupervisionOrder.objects.exists())
    assert not (Evidence.objects.exists())


@pytest.mark.parametrize("text", NAUGHTY)
def test_an_order_says_exactly_what_was_written(as_, people, handled, text):
    client = as_(people.leader)
    client.post(address(handled, "order"), {"version": 1, "kind": "leader", "text": text})

    shown = client.get(reverse("workspace:case", args=[handled.number])).text

    assert SupervisionOrder.objects.get().text == text
    assert "<script>alert" not in shown


@pytest.mark.parametrize("text", ["", "  ", TOO_LONG, "a\x00b"])
@pytest.mark.parametrize("deed", ["finish", "extend", "cancel"])
def test_what_is_said_of_a_task_has_an_end_and_can_be_kept(as_, people, district, handled, text, deed):
    task = make_task(district, handled, by=people.dispatcher, at=now())
    who = {"finish": people.fireman, "extend": people.handler, "cancel": people.dispatcher}[deed]

    response = as_(who).post(
        reverse("workspace:task", args=[handled.number, task.pk]), {"do": deed, "result": text, "share": "half"}
    )

    task.refresh_from_db()
    assert (response.status_code, task.done_at, task.extended_from) == (422, None, None)


def test_the_same_answer_sent_twice_is_refused_the_second_time(as_, people, handled, district):
    order = make_order(district, handled, by=people.leader, at=now())
    client, sent = as_(people.head), {"version": 1, "order": str(order.pk), "answer": "明天装"}

    statuses = [client.post(address(handled, "answer-order"), sent).status_code for _ in range(2)]

    assert statuses[0] == 302
    assert statuses[1] in {409, 422}
    assert handled.timeline.filter(kind="supervision").count() == 1


@pytest.mark.parametrize("who", ["handler", "verifier", "dispatcher", "fireman", "leader", "stranger"])
def test_a_first_review_by_address_is_refused_to_who_does_not_make_it(as_, people, late, who):
    appeal(late, people, at=now())
    late.refresh_from_db()

    response = as_(getattr(people, who)).post(
        address(late, "review-appeal"), {"version": late.version, "is_yes": "1", "note": "同意"}
    )

    assert response.status_code in {403, 404, 409}
    assert LatenessAppeal.objects.get().state == "asked"


def test_a_review_of_what_another_has_reviewed_meanwhile_is_refused(as_, people, late):
    appeal(late, people, at=now())
    late.refresh_from_db()
    seen = late.version
    review(late, people.district_lead, at=now())

    response = as_(people.shift_lead).post(
        address(late, "review-appeal"), {"version": seen, "is_yes": "0", "note": "不同意"}
    )

    assert (response.status_code, LatenessAppeal.objects.get().state) in {(403, "first_yes"), (409, "first_yes")}
