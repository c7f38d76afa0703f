"""A case that was late and is not now says so at its head; the same on the public page, in plain words."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from onegrid.cases.actions.amend_case import recategorize_case
from onegrid.cases.actions.handle_case import report_back
from onegrid.cases.models import Case
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import LIMITS, make_case
from onegrid.catalogue.models import Category
from onegrid.catalogue.readers import SNAPSHOT
from onegrid.core.snapshots import bump

pytestmark = [pytest.mark.django_db, pytest.mark.queries(40)]
HOUR = timedelta(hours=1)


@pytest.fixture
def working(district):
    """A case that its unit has been late with for an hour."""
    at = now()
    return make_case(
        district, status=Status.IN_PROGRESS, category="lamp", at=at - 30 * HOUR, stage_due_at=at - HOUR,
        due_at=at + 20 * HOUR,
    )  # fmt: skip


@pytest.fixture
def verified_next(working, people):
    return report_back(case_id=working.pk, version=1, result="换了灯泡", by=people.handler, at=now())


def desk_page(as_, people, case, language="en"):
    return as_(people.leader, language).get(reverse("workspace:case", args=[case.number]))


def test_a_stage_that_was_late_is_said_at_the_head_and_opens_in_the_explanation(as_, people, verified_next):
    page = desk_page(as_, people, verified_next)

    summary = page.text.split('<details class="why"')[1].split("</summary>")[0]
    assert "was late: Handling" in summary
    assert "Was late, and that stays on record" in page.text.split("</summary>", 1)[1]
    assert [each.what for each in page.context["page"].whys.was_late] == ["Handling"]


def test_what_is_late_now_says_that_alone(as_, people, working):
    page = desk_page(as_, people, working)

    assert "was late" not in page.text


def test_a_whole_that_was_late_before_the_category_changed_is_said(as_, people, district, working):
    Category.objects.filter(code="fire.passage").update(limits={**LIMITS, "handle": 1000})
    bump(SNAPSHOT)
    Case.objects.filter(pk=working.pk).update(due_at=now() - HOUR)
    recategorize_case(
        case_id=working.pk, version=1, category_code="fire.passage", reason="其实是通道", by=people.dispatcher, at=now()
    )

    page = desk_page(as_, people, working)

    assert "was late: Handling, The whole case" in page.text


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Was late: Handling"), ("zh-hans", "曾超期：处置"), ("zh-hant", "曾超期：處置")]
)
def test_the_public_page_says_it_in_plain_words(client, verified_next, language, words):
    address = reverse("portal:case", args=[verified_next.number])

    text = client.get(address, headers={"Accept-Language": language}).text

    assert words in text
    assert text.index('href="#was-late"') < text.index("<h1") < text.index('id="was-late"')


def test_a_case_in_time_says_nothing(client, as_, people, district):
    case = make_case(district, status=Status.IN_PROGRESS, category="lamp", at=now(), stage_due_at=now() + HOUR)

    assert "was late" not in desk_page(as_, people, case).text
    address = reverse("portal:case", args=[case.number])
    assert "was-late" not in client.get(address, headers={"Accept-Language": "en"}).text
