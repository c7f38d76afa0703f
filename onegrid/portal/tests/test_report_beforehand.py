"""What a resident is told before a report goes out: of persons, of others' duties, of the same matter near by."""

import re
from datetime import timedelta

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now
from PIL import Image

from onegrid.cases.models import Case, Evidence, EvidenceKind
from onegrid.cases.public import whose_turn
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import make_case
from onegrid.catalogue.models import Category
from onegrid.catalogue.readers import SNAPSHOT
from onegrid.core.media import resumable
from onegrid.core.snapshots import bump
from onegrid.core.tests import samples
from onegrid.portal.tests.reporting import HERE, form_of, page_of, secret_of, send
from onegrid.portal.tests.sending import begin, sent_before

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reportable")]
SAYS_TOO_MUCH = "我叫林晓，电话13800138000，井盖坏了"


@pytest.fixture(autouse=True)
def _uncounted():
    cache.clear()


def recording(content, name="voice.webm"):
    return SimpleUploadedFile(name, content, content_type="audio/webm")


# --- of danger ------------------------------------------------------------------


@pytest.mark.parametrize("is_urgent", [True, False])
def test_words_of_danger_bring_the_numbers_to_call(client, is_urgent):
    Category.objects.filter(code="roads.lamp").update(is_urgent=is_urgent)
    bump(SNAPSHOT)

    kinds = page_of(client.get(reverse("portal:suggestions"), {"text": "路灯漏电"}))

    assert 'value="roads.lamp"' in kinds
    assert ('href="tel:120"' in kinds) is is_urgent


def seen_danger(page):
    """Tell whether the note under the words is there to be seen."""
    [note] = re.findall(r'<div class="[^"]*og-danger"[^>]*>', page)
    return not note.endswith(" hidden>")


@pytest.mark.parametrize(("text", "is_danger"), [("楼下着火了", True), ("路灯不亮", False), ("火灾隐患", False)])
def test_words_of_danger_alone_bring_the_numbers_to_where_they_are_written(client, text, is_danger):
    page = page_of(client.post(reverse("portal:report"), {**form_of(client), "text": text, "look": "1"}))

    assert seen_danger(page) is is_danger


def test_words_of_danger_keep_nobody_from_reporting_and_the_receipt_says_to_call(client):
    calm, danger = send(client), send(client, text="楼下着火了")

    assert 'href="tel:119"' not in page_of(client.get(calm.url)).partition("<footer")[0]
    assert 'href="tel:119"' in page_of(client.get(danger.url))


def test_who_joins_with_words_of_danger_is_told_to_call(client, reportable):
    case = make_case(reportable, title="井盖破损", status=Status.ACCEPTED)

    response = send(client, text="有人被困在里面", join=case.number)

    assert 'href="tel:119"' in page_of(client.get(response.url))


# --- of persons ---------------------------------------------------------------


def test_points_out_what_it_says_of_a_person_and_writes_nothing(client):
    response = send(client, text=SAYS_TOO_MUCH, address="浙C12345 旁边")

    assert response.status_code == 200
    for said in ("姓名：林晓", "手机号：13800138000", "车牌号：浙C12345", 'name="seen" value="1"'):
        assert said in page_of(response)
    assert not Case.objects.exists()


def test_lets_it_stand_where_the_writer_wants_it(client):
    response = send(client, text=SAYS_TOO_MUCH, seen="1")

    assert response.status_code == 303
    assert Case.objects.get().description == SAYS_TOO_MUCH


def test_keeps_the_files_over_the_question_where_there_is_no_script(client):
    photo = SimpleUploadedFile("门口.jpg", samples.photo(), content_type="image/jpeg")
    page = page_of(send(client, text=SAYS_TOO_MUCH, photos=[photo]))
    [id_] = re.findall(r'name="uploads" value="([\w-]{43})" checked><span>门口.jpg', page)

    send(client, text=SAYS_TOO_MUCH, seen="1", uploads=[id_])

    assert [row.name for row in Evidence.objects.all()] == ["门口.jpg"]


def test_asks_nothing_of_a_report_without_persons(client):
    assert send(client, text="井盖坏了，三天没人管").status_code == 303


# --- of others' duties ----------------------------------------------------------


def test_says_who_is_responsible_for_what_is_not_ours(client):
    page = page_of(client.get(reverse("portal:suggestions"), {"text": "店里买到假货，老板不给退款"}))

    assert "12315" in page
    assert "市场监管投诉举报热线" in page


def test_says_nothing_of_others_where_it_is_ours(client):
    assert 'href="tel:' not in page_of(client.get(reverse("portal:suggestions"), {"text": "井盖坏了"}))


# --- of the same matter near by ------------------------------------------------


def test_offers_the_same_matter_near_by(client, reportable):
    case = make_case(reportable, title="井盖破损", status=Status.ACCEPTED)

    page = page_of(client.get(reverse("portal:alike"), {**HERE, "text": "井盖坏了"}))

    assert f'name="join" value="{case.number}"' in page


@pytest.mark.parametrize(
    "where", [{}, {"lon": "x", "lat": "27.9"}, {"lon": "2", "lat": "48"}, {**HERE, "system": "mars"}]
)
def test_offers_nothing_where_the_place_is_not_known(client, where):
    response = client.get(reverse("portal:alike"), {**where, "text": "井盖坏了"})

    assert (response.status_code, page_of(response).strip()) == (200, "")


def test_joins_with_words_and_photo_and_gets_a_private_link_of_its_own(client, reportable):
    case = make_case(reportable, title="井盖破损", status=Status.ACCEPTED)
    photo = SimpleUploadedFile("a.jpg", samples.photo(), content_type="image/jpeg")

    response = send(client, text="", lon="", lat="", join=case.number, photos=[photo])

    assert response.url == reverse("portal:done", args=[case.number])
    case.refresh_from_db()
    assert (case.report_count, case.evidence.count(), Case.objects.count()) == (2, 1, 1)
    assert client.get(reverse("portal:private", args=[secret_of(client, response)])).status_code == 200


def test_who_joins_reads_no_more_than_strangers_do(client, reportable):
    case = make_case(
        reportable,
        title="我叫林晓，电话13800138000",
        status=Status.REPORTED,
        accuracy_m=7,
        address="青禾路 18 号 302 室",
    )

    receipt = page_of(client.get(send(client, text="", join=case.number).url))

    for hidden in ("林晓", "13800138000", "青禾路", "302", case.grid_name, "7 米"):
        assert hidden not in receipt
    assert f"您已加入 {case.number}" in receipt.replace('<span class="og-nowrap">', "").replace("</span>", "")
    assert "2 人" in receipt


def test_who_joins_is_told_where_it_stands_and_promised_nothing_that_is_over(client, reportable):
    late = now() - timedelta(hours=1)
    case = make_case(reportable, title="井盖破损", status=Status.ACCEPTED, stage_due_at=late, due_at=late)

    receipt = page_of(client.get(send(client, text="", join=case.number).url))

    assert whose_turn(Status.ACCEPTED, unit="", outcome="") in receipt
    assert "前受理" not in receipt
    assert "全部办完不晚于" not in receipt


def test_cannot_join_what_is_not_there(client):
    response = send(client, join="OG-000000-000000")

    assert response.status_code == 422
    assert not Case.objects.exists()


# --- its files -------------------------------------------------------------------


@pytest.mark.queries(40)
def test_keeps_files_that_came_before_the_form_with_what_they_are(client):
    uploads = [sent_before(client, samples.photo()), sent_before(client, samples.webm(2))]

    send(client, uploads=uploads)

    kinds = Evidence.objects.values_list("kind", flat=True)
    assert set(kinds) == {EvidenceKind.PHOTO, EvidenceKind.AUDIO}


def test_the_same_form_with_its_uploads_twice_is_one_report(client):
    said = {**form_of(client), "text": "路灯不亮", **HERE, "uploads": [sent_before(client, samples.photo())]}
    first = client.post(reverse("portal:report"), said)

    assert client.post(reverse("portal:report"), said).url == first.url
    assert Evidence.objects.count() == 1


def test_refuses_an_upload_that_is_not_whole(client):
    id_ = begin(client, 100).url.rstrip("/").rpartition("/")[2]

    response = send(client, uploads=[id_])

    assert response.status_code == 422
    assert "没有传完整" in page_of(response)


@pytest.mark.parametrize("id_", ["x" * 43, "../../secret_key", "", "\x00"])
def test_refuses_an_upload_that_is_not_there(client, id_):
    assert send(client, uploads=[id_]).status_code == 422
    assert not Case.objects.exists()


def test_refuses_an_upload_that_has_run_out(client):
    begun = resumable.begin(length=1, metadata="", at=now() - timedelta(days=2))

    assert send(client, uploads=[begun.id]).status_code == 422


@pytest.mark.queries(40)
def test_takes_voice_and_video_with_the_form_where_there_is_no_script(client):
    send(client, recordings=[recording(samples.webm(2)), recording(samples.mp4(b"vide", b"soun"), "v.mp4")])

    assert set(Evidence.objects.values_list("kind", flat=True)) == {EvidenceKind.AUDIO, EvidenceKind.VIDEO}


@pytest.mark.parametrize(
    "content", [samples.ELF, samples.SVG, samples.photo(), samples.PDF, samples.webm(2)[:-3] + b"PK"]
)
def test_refuses_a_recording_that_lies(client, content):
    response = send(client, recordings=[recording(content, "lie.webm")])

    assert response.status_code in {303, 422}
    assert response.status_code == 422 or Evidence.objects.get().kind == EvidenceKind.AUDIO


def test_counts_files_whichever_way_they_come(client):
    photos = [SimpleUploadedFile(f"{n}.jpg", samples.photo(taken=f"2026:11:2{n} 09:30:00")) for n in range(6)]

    response = send(client, photos=photos, uploads=[sent_before(client, samples.webm(2))])

    assert response.status_code == 422
    assert "最多 6 个文件，您选了 7 个" in page_of(response)


# --- without a network -----------------------------------------------------------


def test_what_waited_on_the_device_keeps_when_it_was_written(client):
    written = now() - timedelta(hours=5)

    send(client, written_at=written.isoformat())

    assert Case.objects.get().reported_at == written


@pytest.mark.parametrize("written", ["tomorrow", "2999-01-01T00:00:00Z", "2001-01-01T00:00:00Z"])
def test_refuses_a_moment_that_cannot_be(client, written):
    assert send(client, written_at=written).status_code == 422


def test_tells_a_phone_how_to_install_the_page(client):
    manifest = client.get(reverse("portal:manifest"))
    worker = client.get(reverse("portal:worker"))

    assert manifest.headers["Content-Type"] == "application/manifest+json"
    assert manifest.json()["start_url"] == reverse("portal:report")
    assert worker.headers["Content-Type"].startswith("text/javascript")


def test_gives_every_phone_an_icon_of_the_size_that_it_says(client):
    icons = [icon for icon in client.get(reverse("portal:manifest")).json()["icons"] if icon["type"] == "image/png"]

    assert {(icon["sizes"], icon["purpose"]) for icon in icons} == {
        ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")
    }  # fmt: skip
    assert [icon["sizes"] for icon in icons] == [size_of(icon["src"]) for icon in icons]


def test_gives_iphones_an_icon_of_theirs(client):
    [src] = re.findall(r'<link rel="apple-touch-icon" href="([^"]+)">', page_of(client.get(reverse("portal:report"))))

    assert size_of(src) == "180x180"


def size_of(src):
    with Image.open(finders.find(src.removeprefix("/static/"))) as picture:
        assert (picture.format, picture.mode in {"RGB", "RGBA"}) == ("PNG", True)
        return "{}x{}".format(*picture.size)
