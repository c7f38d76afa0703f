"""Reporting something on the public page, without an account."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from django.utils.timezone import now

from onegrid.cases.models import Case, Evidence, Report
from onegrid.cases.public import link_hash
from onegrid.core.actions.count_attempts import forget_attempts
from onegrid.core.fields import Point
from onegrid.core.models import Attempts
from onegrid.core.tests import samples
from onegrid.geography.public import CoordinateSystem, from_wgs84
from onegrid.portal.tests.reporting import HERE, form_of, page_of, secret_of, send
from onegrid.portal.web import report
from onegrid.portal.web.throttle import Door

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reportable")]
HOSTILE = "<script>alert(1)</script>'\"><img src=x onerror=alert(2)>{{ 7|add:1 }}"


def photo(name="photo.jpg", content=None):
    return SimpleUploadedFile(name, content or samples.photo(), content_type="image/jpeg")


def test_becomes_a_case_with_a_receipt(client):
    response = send(client)

    case = Case.objects.get()
    assert response.status_code == 303
    assert response.url == reverse("portal:done", args=[case.number])
    receipt = page_of(client.get(response.url))
    assert case.number in receipt
    assert "茶山街道 · 博园社区 · 博园社区第1网格" in receipt
    assert "茶山街道指挥中心" in receipt


def test_names_the_township_in_english_to_who_reads_english(client):
    client.cookies["language"] = "en"

    assert "Chashan Subdistrict · 博园社区" in page_of(client.get(send(client).url))
    assert '<optgroup label="Chashan Subdistrict">' in page_of(client.get(reverse("portal:report")))
    assert ">Chashan Subdistrict<" in page_of(client.get(reverse("portal:nearby")))


def test_gives_a_private_link_whose_secret_we_do_not_keep(client):
    response = send(client)

    secret = secret_of(client, response)
    assert Report.objects.get().link_hash == link_hash(secret)
    assert secret not in response.url


def test_keeps_the_receipt_from_everybody_else(client):
    response = send(client)

    assert Client().get(response.url).status_code == 404


def test_lets_nobody_keep_the_receipt_nor_learn_of_its_address(client):
    receipt = client.get(send(client).url)

    assert "no-store" in receipt.headers["Cache-Control"]
    assert receipt.headers["Referrer-Policy"] == "strict-origin"


def test_sent_twice_is_one_case_with_the_same_link(client):
    said = {**form_of(client), "text": "路灯不亮", **HERE, "photos": [photo()]}
    first = client.post(reverse("portal:report"), said)
    secret = secret_of(client, first)

    second = client.post(reverse("portal:report"), {**said, "photos": [photo()]})

    assert second.url == first.url
    assert secret_of(client, second) == secret
    assert Case.objects.count() == Evidence.objects.count() == 1


def test_sent_again_with_other_words_is_refused_and_can_be_sent_as_another(client):
    said = {**form_of(client), "text": "路灯不亮", **HERE}
    client.post(reverse("portal:report"), said)

    refused = client.post(reverse("portal:report"), {**said, "text": "井盖也坏了"})

    assert refused.status_code == 409
    assert Case.objects.count() == 1
    assert "井盖也坏了" in page_of(refused)
    assert said["state"] not in page_of(refused)


@pytest.mark.queries(40)  # nine for each photo, which locks the case and is recorded by itself
def test_keeps_several_photos(client):
    send(client, photos=[photo("a.jpg"), photo("b.png", samples.picture("PNG"))])

    assert Evidence.objects.count() == 2
    assert not Evidence.objects.filter(is_public=True).exists()


@pytest.mark.parametrize("content", [samples.ELF, samples.SVG, samples.PDF, samples.HTML, b"", b"\xff\xd8\xff\xe0 cut"])
def test_refuses_a_file_that_is_no_photo_and_writes_nothing(client, content):
    response = send(client, photos=[photo("ok.jpg"), SimpleUploadedFile("evil.jpg", content or b"\0", "image/jpeg")])

    assert response.status_code == 422
    assert "evil.jpg" in page_of(response)
    assert not Case.objects.exists()
    assert not Evidence.objects.exists()


def test_refuses_more_photos_than_a_report_can_have(client):
    assert send(client, photos=[photo(f"{n}.jpg") for n in range(7)]).status_code == 422


@pytest.mark.parametrize(
    "said",
    [
        {"text": "   "},
        {"text": "x" * 5001},
        {"text": "nul\x00"},
        {"lon": "", "lat": ""},
        {"lon": "120.6", "lat": ""},
        {"lon": "0", "lat": "0"},
        {"lon": "2.35", "lat": "48.85"},
        {"lon": "nan", "lat": "inf"},
        {"lon": "1e400", "lat": "27.9"},
        {"lon": "abc", "lat": "27.9"},
        {"system": "mars"},
        {"lon": "", "lat": "", "community": "999"},
        {"category": "no.such.thing"},
        {"category": "roads"},
        {"category": "fire.passage"},
        {"who": "contact", "contact": ""},
        {"who": "contact", "contact": "1380000000"},
        {"who": "somebody"},
        {"address": "x" * 201},
        {"website": "https://example.org"},
        {"state": "forged"},
        {"category": "roads.manhole", "asked": "roads.manhole"},
        {"category": "roads.manhole", "asked": "roads.manhole", "q-fault": "melted"},
        {"category": "roads.manhole", "asked": "roads.manhole", "q-fault": "broken", "q-depth": "900"},
    ],
)
def test_refuses_what_cannot_be_and_keeps_what_was_written(client, said, reportable):
    reportable.categories.passage.__class__.objects.filter(code="fire.passage").update(public_may_report=False)
    response = send(client, **{"address": "青禾路 18 号门前", **said})

    assert response.status_code == 422
    assert 'role="alert"' in page_of(response)
    assert escape(said.get("address", "青禾路 18 号门前")) in page_of(response)
    assert not Case.objects.exists()


def test_says_what_is_wrong_at_the_field_and_above_the_form(client):
    page = page_of(send(client, who="contact", contact="1380000000"))

    assert 'href="#id_contact"' in page
    assert 'aria-describedby="id_contact_error"' in page
    assert "手机号是 11 位数字，现在是 10 位" in page


def test_shows_hostile_words_as_words(client):
    kept = send(client, text=HOSTILE, address=HOSTILE, lon="", lat="")
    taken = send(client, text=HOSTILE, address=HOSTILE)

    for page in (page_of(kept), page_of(client.get(taken.url))):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert escape(HOSTILE) in page


def test_keeps_a_name_only_when_asked_to(client):
    send(client, who="anonymous", name="林晓", contact="13800000000")
    send(client, who="contact", name="林晓", contact="13800000000", text="又一件")

    anonymous, named = Report.objects.order_by("received_at")
    assert (anonymous.reporter_name, anonymous.reporter_contact, anonymous.is_anonymous) == ("", "", True)
    assert (named.reporter_name, named.reporter_contact, named.is_anonymous) == ("林晓", "13800000000", False)


def test_keeps_coordinates_as_they_were_given(client):
    gcj = from_wgs84(Point(120.605, 27.905), CoordinateSystem.GCJ02)
    send(client, lon=str(gcj.lon), lat=str(gcj.lat), system="gcj02", accuracy="8.4")

    case = Case.objects.get()
    assert case.original_system == "gcj02"
    assert case.place == pytest.approx((120.605, 27.905), abs=1e-6)
    assert case.accuracy_m == pytest.approx(8.4)


def test_puts_a_community_in_its_middle_and_says_how_far_off_that_is(client, reportable):
    response = send(client, lon="", lat="", community="330304010001")

    case = Case.objects.get()
    assert case.place == reportable.areas.boyuan.label_at
    assert case.accuracy_m > 1000
    assert f"{round(case.accuracy_m)} 米" in page_of(client.get(response.url))


def test_asks_what_the_category_asks(client):
    page = page_of(client.get(reverse("portal:questions"), {"category": "roads.manhole"}))

    assert "井盖怎么了" in page
    assert "破损" in page


def test_marks_what_must_be_answered_and_what_need_not(client):
    page = page_of(client.get(reverse("portal:questions"), {"category": "roads.manhole"}))

    assert '<p class="po-hint" id="id_q-fault_hint">必填</p>' in page
    assert '<p class="po-hint" id="id_q-depth_hint">可以不填</p>' in page
    assert "标有“必填”的问题" in page_of(client.get(reverse("portal:report")))


def test_keeps_answers_as_what_they_are(client):
    said = {"q-fault": "broken", "q-hurt": "no", "q-depth": "3"}
    send(client, category="roads.manhole", asked="roads.manhole", **said)

    assert Case.objects.get().answers == {"fault": "broken", "hurt": False, "depth": 3}


def test_takes_a_category_whose_questions_were_never_shown(client):
    send(client, category="roads.manhole")

    assert Case.objects.get().category.code == "roads.manhole"


def test_suggests_categories_by_the_words(client):
    page = page_of(client.get(reverse("portal:suggestions"), {"text": "门口的井盖坏了", "category": "roads.lamp"}))

    assert page.index('value="roads.lamp" checked') < page.index('value="roads.manhole"')


def test_without_script_shows_what_fits_before_anything_is_sent(client):
    said = {**form_of(client), "text": "井盖坏了", "category": "roads.manhole", "look": "1"}
    response = client.post(reverse("portal:report"), said)

    assert response.status_code == 200
    assert "井盖怎么了" in page_of(response)
    assert said["state"] in page_of(response)
    assert not Case.objects.exists()


def test_says_when_to_come_back_after_too_many(client, monkeypatch):
    monkeypatch.setattr(report, "REPORTS", Door("report", 2))
    send(client, text="一")
    send(client, text="二")

    response = send(client, text="三，请留着")

    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= timedelta(hours=1).total_seconds()
    assert "三，请留着" in page_of(response)
    assert Case.objects.count() == 2


def test_counts_each_source_apart_and_keeps_no_address(client, monkeypatch):
    monkeypatch.setattr(report, "REPORTS", Door("report", 1))
    send(client)

    assert Client(REMOTE_ADDR="127.0.0.9").post(reverse("portal:report"), {}).status_code == 422
    keys = " ".join(Attempts.objects.values_list("key", flat=True))
    assert keys.count("portal.report") == 2
    assert "127.0.0" not in keys
    assert forget_attempts(at=now() + timedelta(hours=1)) == 2  # so long it is kept at most


def test_sends_a_script_to_the_receipt(client):
    said = {**form_of(client), "text": "路灯不亮", **HERE}
    response = client.post(reverse("portal:report"), said, headers={"hx-request": "true"})

    assert response.status_code == 204
    assert response.headers["HX-Redirect"] == reverse("portal:done", args=[Case.objects.get().number])


def test_names_whom_to_call_first(client):
    page = page_of(client.get(reverse("portal:report")))

    assert page.index('href="tel:119"') < page.index("<form id")
