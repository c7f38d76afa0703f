"""A resident reports with what the phone can do: photo, voice, no network; and hears where too much is said."""

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from onegrid.cases.models import Case, EvidenceKind
from onegrid.core import files
from onegrid.core.media.lengths import seconds_of
from onegrid.core.media.upload import inspect_upload
from onegrid.portal.tests.test_personal import EXAMPLES
from tests.journeys.matters import dispatched
from tests.journeys.people import BROKEN, MANHOLE, photo

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
FIND = (
    "async (texts) => { const { personal } = await import('/static/portal/personal.js'); return texts.map(personal); }"
)
# Functions, since a string to be polled is against the policy.
KEPT = """async () => {
    const count = async () => (await (await caches.open("report-1")).keys()).length;
    while (!navigator.serviceWorker.controller || (await count()) < 20) await new Promise(go => setTimeout(go, 100));
}"""
HEARD = """audio => new Promise(resolve => {
    audio.addEventListener("loadeddata", resolve);
    audio.preload = "auto";
    audio.load();
})"""


def records(page, label, *, seconds):
    page.context.grant_permissions(["microphone", "camera"])
    page.get_by_role("button", name=label, exact=True).click()
    page.wait_for_timeout(seconds * 1000)
    page.get_by_role("button", name="停止").click()


def is_kept(page):
    """Wait until the page opens without a network."""
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    page.reload()
    page.evaluate(KEPT)


def test_a_photo_and_a_voice_are_there_before_the_report_and_the_officer_hears_it(people):
    resident = people.resident()
    resident.describes(BROKEN, kind=MANHOLE)
    page = resident.page

    records(page, "录音", seconds=2)
    expect(page.locator("[name=uploads]")).to_have_count(2)
    expect(page.locator(".rp-shot--audio .rp-state")).to_have_text("已上传")
    number, _link = resident.sends()

    assert set(Case.objects.get().evidence.values_list("kind", flat=True)) == {EvidenceKind.PHOTO, EvidenceKind.AUDIO}
    officer = people.officer("chashan.acceptor", at=number)
    sound = officer.page.locator("#case-scene audio")
    sound.evaluate(HEARD)
    assert officer.page.request.get(sound.get_attribute("src"), headers={"range": "bytes=0-9"}).status == 206


def test_a_voice_can_be_heard_again_after_the_page_has_asked_something(people):
    resident = people.resident()
    resident.describes(f"我叫林晓，{BROKEN}", kind=MANHOLE)
    page = resident.page
    records(page, "录音", seconds=1)
    expect(page.locator(".rp-shot--audio .rp-state")).to_have_text("已上传")

    page.click("#report-send")
    expect(page.locator(".rp-said")).to_be_visible()

    player = page.locator(".rp-shot--audio audio")
    player.scroll_into_view_if_needed()
    page.wait_for_timeout(500)  # until its buttons are drawn
    with Image.open(BytesIO(player.screenshot())) as seen:
        darkest, _lightest = seen.convert("L").getextrema()
    assert darkest < 60


def test_a_short_video_is_recorded_in_the_page(people):
    resident = people.resident()
    resident.describes(BROKEN, kind=MANHOLE)

    records(resident.page, "录视频", seconds=2)
    expect(resident.page.locator(".rp-shot--video .rp-state")).to_have_text("已上传")
    resident.sends()

    kept = Case.objects.get().evidence.get(kind=EvidenceKind.VIDEO)
    with files.open_file(kept.sha256) as content:
        assert 1 < seconds_of(inspect_upload(content), most=9) < 6  # what the browser wrote says how long it is


def test_what_is_no_photo_is_refused_where_it_was_chosen(people):
    resident = people.resident()
    resident.page.goto("/report/")

    resident.page.set_input_files("#id_photos", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"MZ no photo"})

    expect(resident.page.locator("[data-files-said]")).to_contain_text("a.jpg")
    expect(resident.page.locator(".rp-tiles .po-shot")).to_have_count(0)


def test_a_report_begun_without_a_network_is_sent_once_when_there_is_one(people):
    resident = people.resident()
    page = resident.page
    page.goto("/report/")
    is_kept(page)
    page.context.set_offline(True)
    page.reload()

    page.fill("#id_text", BROKEN)
    page.set_input_files("#id_photos", photo())
    page.locator(".pp-typed summary").click()
    page.fill("[data-pp-lon]", "120.6936")
    page.fill("[data-pp-lat]", "27.9306")
    page.click("#report-send")
    expect(page.locator(".rp-outbox")).to_contain_text("待上传")
    assert Case.objects.count() == 0
    page.reload()
    expect(page.locator(".rp-outbox")).to_contain_text(BROKEN[:10])
    page.context.set_offline(False)

    expect(page.locator(".rp-outbox .rp-got")).to_have_text(re.compile(r"OG-\d{6}-\w+"), timeout=30_000)
    case = Case.objects.get()
    assert (case.description, case.evidence.count()) == (BROKEN, 1)
    resident.follows(page.get_by_role("link", name="打开您的查询页").get_attribute("href"))
    resident.reads(BROKEN)


def test_the_same_matter_near_by_is_joined_instead(people):
    case, _link = dispatched(people.ouhai)
    page = people.resident().page
    page.goto("/report/")
    page.fill("#id_text", "井盖还是碎的，昨天又有人绊倒")
    page.locator(".pp-typed summary").click()
    page.fill("[data-pp-lon]", "120.6937")
    page.fill("[data-pp-lat]", "27.9306")
    page.press("[data-pp-lat]", "Tab")

    expect(page.locator(".po-near")).to_contain_text(BROKEN[:8])
    page.get_by_role("button", name="是同一件，加入").click()

    expect(page.locator("h1")).to_contain_text(case.number)
    case.refresh_from_db()
    assert (case.report_count, Case.objects.count()) == (2, 1)
    officer = people.officer("chashan.acceptor", at=case.number)
    officer.reads_in_timeline("又有一人反映同一件事", "昨天又有人绊倒")


def test_what_says_too_much_of_a_person_is_pointed_out_and_can_be_left(people):
    resident = people.resident()
    resident.describes("我叫林晓，电话13800138000，井盖坏了", kind=MANHOLE)
    page = resident.page

    expect(page.locator(".rp-hints")).to_contain_text("13800138000")
    page.click("#report-send")
    expect(page.locator(".rp-said")).to_contain_text("姓名：林晓")
    assert Case.objects.count() == 0
    page.get_by_role("button", name="保留并提交").click()

    expect(page.locator("#private-link")).to_be_visible()


def test_the_page_finds_of_persons_what_the_server_finds(people):
    page = people.stranger().page
    page.goto("/report/")

    found = page.evaluate(FIND, [example["text"] for example in EXAMPLES])

    assert [[[one["kind"], one["words"]] for one in each] for each in found] == [each["found"] for each in EXAMPLES]
