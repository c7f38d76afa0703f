"""What the holder of a private link may do, and what the link never gives away."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from onegrid.cases.models import Rating, Report, TimelineEntry, Visibility
from onegrid.cases.public import ASKS, JoiningReport, join_case, merge_case
from onegrid.cases.states import Outcome, Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.core.ids import new_id
from onegrid.core.media.upload import inspect_upload
from onegrid.core.moments import in_full
from onegrid.core.tests import samples
from onegrid.portal.actions.join_matter import join_matter
from onegrid.portal.tests.arranging import SECRET, entry, with_link

PAGE = f"/t/{SECRET}/"
pytestmark = pytest.mark.django_db(transaction=True)


def act(client, name, **body):
    return client.post(reverse(f"portal:private_{name}", args=[SECRET]), body)


def closed(district, **also):
    return with_link(district, status=Status.CLOSED, ended_at=timezone.now() - timedelta(days=1), **also)


def test_shows_their_own_words_and_place_at_once(client, district):
    with_link(district, category=None, address="青禾路")
    text = client.get(PAGE).text

    assert "雨水井盖断裂" in text
    assert "青禾路" in text
    assert "<circle" in text


def test_opens_a_matter_that_is_not_public(client, district):
    case = with_link(district, category="dispute", is_public=False)
    text = client.get(PAGE).text

    assert "雨水井盖断裂" in text
    assert reverse("portal:case", args=[case.number]) not in text


def test_hides_internal_entries_too(client, district):
    case = with_link(district)
    entry(case, kind="note", text="内部研判", visibility=Visibility.INTERNAL)

    assert "内部研判" not in client.get(PAGE).text


def test_is_stored_nowhere_and_told_to_no_other_page(client, district):
    with_link(district)
    response = client.get(PAGE)

    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "strict-origin"
    links = [part.split('"')[0] for part in response.text.split('href="')[1:]]
    assert not [link for link in links if SECRET in link]
    assert not Report.objects.filter(link_hash=SECRET).exists()


def test_keeps_its_secret_out_of_the_log(client, district, caplog, settings):
    settings.DEBUG_PROPAGATE_EXCEPTIONS = False
    with_link(district)
    strict = type(client)(enforce_csrf_checks=True)
    act(client, "add", text="")
    strict.post(f"{PAGE}add/")
    client.get(f"{PAGE}nowhere/")

    assert SECRET not in caplog.text


def test_adds_to_the_report(client, district):
    case = with_link(district)
    response = act(client, "add", **{"more-text": "井盖旁边还有玻璃"})

    assert response.status_code == 302
    assert "已补充" in client.get(PAGE).text
    assert case.timeline.get(kind="note").visibility == Visibility.INTERNAL
    assert "玻璃" not in client.get(reverse("portal:case", args=[case.number])).text


@pytest.mark.parametrize("text", ["", "   ", "长" * 2001])
def test_keeps_what_was_written_when_it_is_refused(client, district, text):
    case = with_link(district)
    response = act(client, "add", **{"more-text": text})

    assert response.status_code == 422
    assert text.strip() in response.text
    assert not case.timeline.exists()


def test_rates_once_per_closing(client, district):
    case = closed(district)
    body = {"rating-is_solved": "no", "rating-satisfaction": "2", "rating-comment": "还是晃"}

    assert act(client, "rate", **body).status_code == 302
    assert "已经评价过" in client.get(PAGE).text
    assert act(client, "rate", **body).status_code == 409
    rating = Rating.objects.get(case=case)
    assert (rating.is_solved, rating.satisfaction, rating.comment) == (False, 2, "还是晃")


def test_a_rating_needs_both_answers(client, district):
    closed(district)
    response = act(client, "rate", **{"rating-comment": "说不清"})

    assert response.status_code == 422
    assert "说不清" in response.text
    assert '<a href="#id_rating-is_solved">请选择问题是否解决。</a>' in response.text
    assert '<a href="#id_rating-satisfaction">请选择您有多满意。</a>' in response.text
    assert 'id="id_rating-is_solved" tabindex="-1"' in response.text
    assert not Rating.objects.exists()


def test_an_open_case_cannot_be_rated(client, district):
    with_link(district)

    assert act(client, "rate", **{"rating-is_solved": "yes", "rating-satisfaction": "5"}).status_code == 409


def test_opens_a_closed_case_again(client, district):
    case = closed(district)
    assert "前您都可以说“还没解决”" in client.get(PAGE).text
    response = act(client, "not_solved", **{"again-reason": "又断了"})
    case.refresh_from_db()

    assert response.status_code == 302
    assert case.status == Status.FILED
    assert "又断了" not in client.get(reverse("portal:case", args=[case.number])).text


def test_cannot_open_it_again_after_the_window(client, district):
    case = with_link(district, status=Status.CLOSED, ended_at=timezone.now() - timedelta(days=16))
    assert reverse("portal:private_not_solved", args=[SECRET]) not in client.get(PAGE).text
    response = act(client, "not_solved", **{"again-reason": "又断了"})
    case.refresh_from_db()

    assert response.status_code == 409
    assert case.status == Status.CLOSED


def test_takes_the_report_back_before_dispatch(client, district):
    case = with_link(district)

    assert act(client, "withdraw").status_code == 302
    case.refresh_from_db()
    assert (case.status, case.outcome) == (Status.CLOSED, Outcome.WITHDRAWN)
    assert reverse("portal:private_rate", args=[SECRET]) not in client.get(PAGE).text


def test_does_not_take_it_back_once_somebody_is_sent(client, district):
    with_link(district, status=Status.IN_PROGRESS)

    assert reverse("portal:private_withdraw", args=[SECRET]) not in client.get(PAGE).text
    assert act(client, "withdraw").status_code == 409


def test_of_a_joined_report_shows_ones_own_words_only(client, district):
    with_link(district, status=Status.REPORTED)
    other = with_link(district, secret=PAGE, title="隔壁的话", description="隔壁写的细节", category=None)
    Report.objects.filter(case__status=Status.REPORTED).exclude(case=other).update(case=other, text="我写的话")
    text = client.get(PAGE).text

    assert "我写的话" in text
    assert "隔壁" not in text


def test_who_joins_reads_no_question_that_was_asked_before(client, district):
    case = with_link(district, status=Status.ACCEPTED)
    asked = {"kind": "note", "visibility": Visibility.INTERNAL, "data": {ASKS: True}}
    entry(case, text="林女士，是您家楼下吗？", **asked)
    joined = JoiningReport(id=new_id(), text="我也看到了", link_secret="of-the-second")  # noqa: S106
    join_case(number=case.number, report=joined, at=MORNING + timedelta(hours=1))
    second = "/t/of-the-second/"

    assert "林女士" in client.get(PAGE).text
    assert "林女士" not in client.get(second).text

    entry(case, text="现在还在吗？", at=MORNING + timedelta(hours=2), **asked)
    assert "现在还在吗？" in client.get(second).text


def test_who_joins_with_a_photo_answers_nothing_that_the_first_was_asked(client, district):
    case = with_link(district, status=Status.ACCEPTED)
    entry(case, kind="note", visibility=Visibility.INTERNAL, data={ASKS: True}, text="哪一侧的车道？")
    joined = JoiningReport(id=new_id(), text="", link_secret="of-the-second")  # noqa: S106
    photo = inspect_upload(io.BytesIO(samples.photo()), name="a.jpg")

    join_matter(number=case.number, report=joined, files=[photo], at=MORNING + timedelta(hours=1))

    assert case.evidence.count() == 1
    assert "哪一侧的车道？" in client.get(PAGE).text


def test_whose_report_was_merged_into_another_reads_no_question_that_was_asked_before(client, district, people):
    other = make_case(district, status=Status.ACCEPTED)
    case = with_link(district, status=Status.ACCEPTED)
    asked = {"kind": "note", "visibility": Visibility.INTERNAL, "data": {ASKS: True}}
    entry(other, text="林女士，是您家楼下吗？", at=MORNING + timedelta(hours=1), **asked)

    merge_case(
        case_id=case.pk, into=other.pk, version=case.version, by=people.acceptor, at=MORNING + timedelta(hours=2)
    )
    entry(other, text="现在还在吗？", at=MORNING + timedelta(hours=3), **asked)
    text = client.get(PAGE).text

    assert "林女士" not in text
    assert "现在还在吗？" in text


@pytest.mark.parametrize("secret", ["x", "a" * 300, "%00", "hash-1", "<b>"])
def test_an_unknown_link_is_kindly_refused(client, district, secret):
    assert client.get(f"/t/{secret}/").status_code == 404
    assert client.post(f"/t/{secret}/withdraw/").status_code == 404
    assert not TimelineEntry.objects.exists()


@pytest.mark.parametrize("path", [PAGE, "/track/", "/c/OG-261124-000009/"])
def test_goes_by_one_name_on_every_page(client, district, path):
    with_link(district)
    text = client.get(path).text

    assert "专属链接" in text
    assert "专用链接" not in text


def test_a_change_is_not_made_by_looking(client, district):
    with_link(district)

    assert client.get(f"{PAGE}withdraw/").status_code == 405


def test_asks_little_of_the_database(client, district, django_assert_max_num_queries):
    closed(district)
    with django_assert_max_num_queries(12):
        client.get(PAGE)


def test_asks_to_hurry_and_everybody_reads_that_somebody_did(client, district):
    case = with_link(district, status=Status.IN_PROGRESS)

    response = act(client, "nudge")

    assert response.status_code == 302
    public = client.get(reverse("portal:case", args=[case.number])).text
    assert "有报告人催办" in public
    private = client.get(PAGE).text
    assert "您已催办" in private
    assert reverse("portal:private_nudge", args=[SECRET]) not in private


def test_asking_to_hurry_again_says_from_when_it_is_possible(client, district):
    with_link(district)
    act(client, "nudge")

    response = act(client, "nudge")

    assert response.status_code == 409
    assert "之后可以再次催办" in response.text
    assert Report.objects.get().nudge_count == 1


def test_what_is_over_offers_no_hurry(client, district):
    closed(district)

    assert reverse("portal:private_nudge", args=[SECRET]) not in client.get(PAGE).text


def test_while_it_is_suspended_the_chip_says_until_when(client, district):
    until = timezone.now() + timedelta(days=9)
    with_link(district, status=Status.SUSPENDED, suspended_until=until, stage_due_at=until + timedelta(days=1))

    text = client.get(PAGE).text

    assert "og-clock--p" in text
    assert f"暂停至 {in_full(until)}" in text
    assert "时钟停到" in text
