"""The pages of calls: for everybody while they run, for officers before and after."""

import xml.etree.ElementTree as ET
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from onegrid.calls.models import PublicCall
from onegrid.calls.tests.arranging import PLAN, picture, running, waiting
from onegrid.core.tests import samples

pytestmark = pytest.mark.django_db

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
NASTY = "<script>alert(1)</script>{{ 7*7 }}'; DROP TABLE x;--\u202e"


@pytest.fixture
def call(ouhai):
    found = running(ouhai, picture=picture(), picture_from="家属提供，已同意")
    PublicCall.objects.update(ends_on=timezone.localdate() + timedelta(days=10), released_at=timezone.now())
    return found


def form(**changed):
    today = timezone.localdate()
    said = PLAN | {"kind": "missing", "instrument_on": today, "ends_on": today + timedelta(days=10)} | changed
    return {name: value for name, value in said.items() if value != ""}


def past(call):
    PublicCall.objects.update(ends_on=timezone.localdate() - timedelta(days=1))


def test_everybody_sees_it_while_it_runs(client, call):
    board, page = client.get("/calls/"), client.get(f"/calls/{call.number}/")

    assert call.title in board.content.decode()
    assert "瓯公立〔2026〕0001号" in page.content.decode()
    assert f"/tips/#answers={call.number}&amp;channel=fire" in page.content.decode()
    picture = client.get(f"/calls/{call.number}/picture.jpg")
    assert b"".join(picture.streaming_content).startswith(b"\xff\xd8")
    assert (picture["Content-Type"], picture["Cache-Control"]) == ("image/jpeg", "no-store")


@pytest.mark.parametrize(
    ("language", "days"), [("zh-hans", ["2026年1月5日", "2099年2月3日"]), ("en", ["3 February 2099"])]
)
def test_days_are_written_as_on_every_other_page(client, call, language, days):
    PublicCall.objects.update(instrument_on=date(2026, 1, 5), ends_on=date(2099, 2, 3))
    reader = {"accept-language": language}

    board, page, feed = (
        client.get(address, headers=reader).content.decode()
        for address in ("/calls/", f"/calls/{call.number}/", "/calls/feed.atom")
    )

    assert all(day in page for day in days)
    assert days[-1] in board
    assert days[-1] in feed
    assert "2099-02-03" not in board + page + feed


def test_the_day_after_nobody_does(client, call):
    past(call)

    board, page = client.get("/calls/"), client.get(f"/calls/{call.number}/")

    assert (board.status_code, page.status_code) == (200, 410)
    for said in (call.title, call.person_name, "蓝色外套"):
        assert said not in board.content.decode() + page.content.decode()
    assert client.get(f"/calls/{call.number}/picture.jpg").status_code == 404
    assert call.number not in client.get("/calls/feed.atom").content.decode()


def test_a_page_of_english_speaks_english(client, call):
    page = client.get(f"/calls/{call.number}/", headers={"accept-language": "en"}).content.decode()

    assert "Blue coat" in page


def test_the_feed_names_nobody(client, call):
    text = client.get("/calls/feed.atom").content.decode()

    ET.fromstring(text)  # noqa: S314  our own
    assert call.number in text
    assert call.person_name not in text
    assert call.title not in text


def test_a_draft_is_not_public(client, ouhai):
    call = waiting(ouhai)

    assert client.get(f"/calls/{call.number}/").status_code == 404


def test_from_draft_to_release_on_the_pages(client, ouhai):
    client.force_login(ouhai.user("public-security.head"))

    written = client.post("/call-desk/units/public-security/", form())

    call = PublicCall.objects.get()
    asked = client.post(f"/call-desk/{call.pk}/ask/")
    own = client.post(f"/call-desk/{call.pk}/release/")
    client.force_login(ouhai.user("leader"))
    released = client.post(f"/call-desk/{call.pk}/release/")
    assert [answer.status_code for answer in (written, asked, own, released)] == [302, 302, 403, 302]
    assert PublicCall.objects.get().status == "running"


@pytest.mark.parametrize(
    "changed",
    [{"instrument": ""}, {"ends_on": "2020-01-01"}, {"ends_on": "tomorrow"}, {"kind": "face"}, {"area_code": "x"}],
)
def test_what_is_wrong_is_said_in_the_form(client, ouhai, changed):
    client.force_login(ouhai.user("public-security.head"))

    answer = client.post("/call-desk/units/public-security/", form(**changed))

    assert answer.status_code == 422
    assert not PublicCall.objects.exists()


@pytest.mark.parametrize(
    ("name", "body", "media_type"),
    [("a.svg", SVG, "image/svg+xml"), ("a.jpg", SVG, "image/jpeg"), ("a.txt", b"text", "text/plain")],
)
def test_a_drawing_with_script_is_no_picture(client, ouhai, name, body, media_type):
    client.force_login(ouhai.user("public-security.head"))
    said = form(picture_from="家属") | {"picture": SimpleUploadedFile(name, body, media_type)}

    assert client.post("/call-desk/units/public-security/", said).status_code == 422
    assert not PublicCall.objects.exists()


def test_a_photo_is_taken(client, ouhai):
    client.force_login(ouhai.user("public-security.head"))
    said = form(picture_from="家属") | {"picture": SimpleUploadedFile("a.jpg", samples.photo(), "image/jpeg")}

    assert client.post("/call-desk/units/public-security/", said).status_code == 302
    assert PublicCall.objects.get().picture_sha256


def test_naughty_words_stay_words(client, call):
    PublicCall.objects.update(title=NASTY, text=NASTY)

    page = client.get(f"/calls/{call.number}/").content.decode()

    assert "<script>alert" not in page
    assert "{{ 7*7 }}" in page


def test_the_desk_names_units_in_the_readers_language(client, ouhai, call):
    client.force_login(ouhai.user("public-security.head"))

    for address in ("/call-desk/", f"/call-desk/{call.pk}/"):
        assert "Public Security Bureau</" in client.get(address, headers={"accept-language": "en"}).text


@pytest.mark.parametrize("username", ["auditor", "chashan.grid001", "tips.officer", "public-security.handler"])
def test_no_other_duty_gets_to_the_desk(client, ouhai, call, username):
    client.force_login(ouhai.user(username))

    assert client.get("/call-desk/").status_code == 403
    assert client.get(f"/call-desk/{call.pk}/").status_code == 404
    assert client.post(f"/call-desk/{call.pk}/withdraw/", {"reason": "试试看"}).status_code == 404


def test_sent_back_and_withdrawn_with_reasons_and_an_outcome(client, ouhai):
    call = waiting(ouhai, ends_on=timezone.localdate() + timedelta(days=20))
    client.force_login(ouhai.user("leader"))
    missing = client.post(f"/call-desk/{call.pk}/back/", {})
    back = client.post(f"/call-desk/{call.pk}/back/", {"reason": "请隐去门牌号"})
    client.force_login(ouhai.user("public-security.head"))
    page = client.get(f"/call-desk/{call.pk}/change/")
    outcome = client.post(f"/call-desk/{call.pk}/outcome/", {"outcome": "found"})
    withdrawn = client.post(f"/call-desk/{call.pk}/withdraw/", {"reason": "不再需要发布"})

    answers = (missing, back, page, outcome, withdrawn)
    assert [answer.status_code for answer in answers] == [422, 302, 200, 409, 302]


def test_no_table_of_calls_leads_to_a_person_or_a_tip():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'"
            " AND conrelid = 'calls_publiccall'::regclass"
        )
        assert {name for (name,) in cursor.fetchall()} == {"units_unit", "geography_area"}
