"""What a verifier sees: before beside after, why the case is looked at, how often it came back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from onegrid.cases.models import Case, EntryKind, Evidence, TimelineEntry
from onegrid.cases.public import Status
from onegrid.cases.tests.factories import MORNING, make_case, make_task

pytestmark = pytest.mark.django_db


def page(client, case):
    return client.get(reverse("workspace:case", args=[case.number])).text


def pictured(case, purpose, at=MORNING):
    return Evidence.objects.create(
        case=case, kind="photo", purpose=purpose, sha256=f"{purpose:0<63}{at.hour % 10}", thumbnail_sha256="1" * 64,
        media_type="image/jpeg", size=1, added_at=at,
    )  # fmt: skip


def drawn(case, **said):
    data = {"ground": "chance", "percent": 20.0, "number": "7.3512", "month": "2026-11", "round": 0, "drawn": True}
    TimelineEntry.objects.create(
        case=case, kind=EntryKind.MOVE, move="report_back", visibility="public", channel="desk", happened_at=MORNING,
        received_at=MORNING, data={"draw": data | said},
    )  # fmt: skip


def test_the_first_photo_of_before_stands_beside_the_last_of_after(as_, people, district):
    case = make_case(district, status=Status.HANDLED)
    before, _later = pictured(case, "before"), pictured(case, "before", MORNING + timedelta(hours=1))
    _first, after = pictured(case, "after"), pictured(case, "after", MORNING + timedelta(hours=2))

    compared = page(as_(people.verifier), case).split('id="compare"')[1].split("</section>")[0]

    assert [str(each.pk) in compared for each in (before, after, _later, _first)] == [True, True, False, False]
    assert compared.count('class="cmp-p"') == 2


def test_a_missing_photo_is_said_in_its_place(as_, people, district):
    case = make_case(district, status=Status.HANDLED)
    pictured(case, "after")

    assert "No photo of before" in page(as_(people.verifier), case)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "its number 7.3512 is below 20 (secret of 2026-11, round 0)"),
        ({"ground": "late"}, "it was reported done after its time"),
        ({"ground": "category"}, "everything of this category is verified"),
    ],
)
def test_says_why_it_is_verified(as_, people, district, said, words):
    case = make_case(district, status=Status.HANDLED, rework_count=2)
    drawn(case, **said)

    text = page(as_(people.verifier), case)

    assert words in text
    assert "2 reworks" in text


def test_only_what_waits_for_verification_is_compared(as_, people, district):
    assert 'id="compare"' not in page(as_(people.verifier), make_case(district, status=Status.VERIFIED))


def test_how_often_a_case_came_back_stands_on_its_row(as_, people, district):
    make_case(district, status=Status.HANDLED, rework_count=3)

    assert "3 reworks" in as_(people.verifier).get("/queue/?scope=all").text


def test_what_was_not_drawn_says_so_in_the_systems_name(as_, people, district):
    case = make_case(district, status=Status.VERIFIED)
    TimelineEntry.objects.create(
        case=case, kind=EntryKind.MOVE, move="pass", visibility="public", channel="desk", happened_at=MORNING,
        received_at=MORNING, data={"drawn": False, "percent": 20.0},
    )  # fmt: skip

    text = page(as_(people.shift_lead), case)

    assert "Verified by sampling; this one was not drawn" in text
    assert "The system" in text


def test_a_supporting_task_explains_its_due_moment_and_is_called_off_or_extended(as_, people, district):
    case = make_case(district, status=Status.IN_PROGRESS)
    task = make_task(district, case, by=people.dispatcher, at=now())
    url = reverse("workspace:task", args=[case.number, task.pk])

    assert "Given to the unit: the clock begins" in page(as_(people.fireman), case)
    assert as_(people.handler).post(url, {"do": "extend", "share": "half", "result": "下雨"}).status_code == 302
    assert "Extended by the lead unit, once; until then it was due on" in page(as_(people.fireman), case)
    assert as_(people.fireman).post(url, {"do": "cancel", "result": "不用了"}).status_code == 403
    assert as_(people.dispatcher).post(url, {"do": "cancel", "result": ""}).status_code == 422
    assert as_(people.dispatcher).post(url, {"do": "cancel", "result": "不用了"}).status_code == 302
    assert "called off" in page(as_(people.fireman), case)
    assert Case.objects.get(pk=case.pk).tasks.get().is_cancelled
