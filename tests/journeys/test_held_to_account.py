"""A unit is held to account: a reporter asks to hurry, a leader wants an answer, and a delay is looked at twice."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now
from playwright.sync_api import expect

from onegrid.cases.models import Case, TimelineEntry
from onegrid.cases.public import (
    Outcome,
    add_evidence,
    appeals_for,
    close_case,
    report_back,
    take_case,
    verify_case,
)
from onegrid.core.media.upload import inspect_upload
from onegrid.core.tests import samples
from onegrid.dispatch.public import tell_of_entry
from tests.journeys.matters import dispatched
from tests.journeys.people import DESK, PHONE, photo

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

UNIT, HEAD = "chashan-enforcement", "chashan.enforcement.head"
LONG_AGO = timedelta(days=30)


def tell_what_happened():
    """Do what the queue has to tell, as its worker does."""
    for entry_id in TimelineEntry.objects.values_list("pk", flat=True):
        tell_of_entry(entry_id=entry_id, at=now())


def asks_to_hurry(resident):
    """Open the fold and press the button."""
    resident.page.locator("summary", has_text="催办").click()
    resident.page.get_by_role("button", name="催办").click()


def test_a_reporter_asks_to_hurry_and_is_told_when_that_is_possible_again(people):
    case, link = dispatched(people.ouhai)
    resident, other_window = people.resident(), people.resident()
    resident.follows(link)
    other_window.follows(link)

    asks_to_hurry(resident)
    resident.reads("您已催办", "之后可以再次催办")
    asks_to_hurry(other_window)

    expect(other_window.page.locator("[role=alert]")).to_contain_text("之后可以再次催办")
    assert case.timeline.filter(kind="nudge").count() == 1
    tell_what_happened()
    handler = people.officer("chashan.roads.handler", screen=PHONE)
    handler.page.goto("/notices/")
    handler.page.get_by_role("link", name=f"{case.number} 的报告人催办").click()
    expect(handler.page.locator("#case-head")).to_contain_text("催办 1")
    handler.reads_in_timeline("有报告人催办")


def test_a_leader_wants_an_answer_on_a_late_case_and_reads_it(people):
    case, _link = dispatched(people.ouhai, to=UNIT, at=now() - LONG_AGO)

    leader = people.officer("leader", at=case.number, screen=PHONE)
    leader.chooses("下达督办", because="督办自己的时限")
    leader.page.locator("#step").get_by_label("领导督办", exact=True).check()
    leader.page.fill("#f_text", "超期一个月，为什么？")
    leader.sends()
    leader.has_done("下达督办")
    leader.page.goto("/supervision-orders/")
    expect(leader.page.locator("main")).to_contain_text("超期一个月，为什么？")
    expect(leader.page.locator("main")).to_contain_text("您下达的")
    tell_what_happened()

    head = people.officer(HEAD, screen=PHONE)
    head.page.goto("/notices/")
    expect(head.page.locator("main")).to_contain_text(f"{case.number}：督办要求茶山综合行政执法中队答复")
    assert head.fits("/supervision-orders/")
    head.page.get_by_role("link", name="领导督办").click()
    head.chooses("答复督办", because="督办的时钟停止")
    head.page.fill("#f_answer", "产权不清，本周五前完成")
    head.sends()
    head.has_done("答复督办")
    tell_what_happened()

    leader.page.goto("/notices/")
    leader.page.get_by_role("link", name=f"{case.number}：茶山综合行政执法中队已答复督办").click()
    leader.reads_in_timeline("产权不清，本周五前完成")
    assert leader.fits(f"/cases/{case.number}/")


def closed_late(ouhai):
    """Let a unit handle a case far too late, and have it verified and closed yesterday."""
    case, link = dispatched(ouhai, to=UNIT, at=now() - LONG_AGO)
    handler, at = ouhai.user("chashan.enforcement.handler"), now() - timedelta(days=1)
    take_case(case_id=case.pk, version=4, by=handler, at=at)
    after = inspect_upload(SimpleUploadedFile("after.jpg", samples.photo(taken="2026:11:24 15:00:00")))
    add_evidence(case_id=case.pk, purpose="after", upload=after, by=handler, at=at)
    report_back(case_id=case.pk, version=5, result="换了新井盖", by=handler, at=at)
    verify_case(
        case_id=case.pk, version=6, is_done=True, finding="与路面平齐", by=ouhai.user("chashan.verifier"), at=at
    )
    lead = ouhai.user("chashan.shift-lead")
    return close_case(case_id=case.pk, version=7, outcome=Outcome.FIXED, note="已更换", by=lead, at=at), link


def reviewed(people, username, case, *, note, screen):
    """Let somebody find the appeal among what waits and say yes; return them."""
    reviewer = people.officer(username, screen=screen)
    assert reviewer.fits("/appeals/")
    reviewer.page.locator("main a.q-t").click()
    expect(reviewer.page.locator("[data-appeal] img")).to_have_count(1)
    expect(reviewer.page.locator("[data-appeal]")).to_contain_text("台风，桥不通")
    reviewer.page.locator("#step").get_by_label("同意，不计入").check()
    reviewer.page.fill("#f_note", note)
    reviewer.sends()
    reviewer.has_done("审核申诉")
    return reviewer


def test_a_delay_stays_on_record_and_is_not_counted_after_two_reviews(people):
    case, link = closed_late(people.ouhai)

    head = people.officer(HEAD, at=case.number, screen=PHONE)
    head.chooses("申诉超时")
    head.page.locator("#step input[name=about][value=whole]").check()
    head.page.fill("#f_reason", "台风，桥不通")
    head.page.set_input_files("#f_files_sent", photo("桥.jpg", taken="2026:11:20 08:00:00"))
    head.sends()
    head.has_done("申诉超时")
    reviewed(people, "chashan.shift-lead", case, note="桥封闭属实", screen=DESK)
    leader = reviewed(people, "leader", case, note="同意", screen=PHONE)
    assert appeals_for(people.ouhai.user("leader")) == []

    assert leader.fits(f"/cases/{case.number}/")
    card = leader.page.locator("[data-appeal]")
    expect(card).to_contain_text("桥封闭属实")
    expect(card).to_contain_text("超时的事实照样记录")
    resident = people.resident()
    resident.follows(link)
    resident.reads("确实超时，但不计入该单位")

    assert leader.fits("/overview/")
    too_late = leader.page.locator(".ov-tiles li", has_text="其中超期")
    expect(too_late).to_contain_text("1")
    expect(too_late).to_contain_text("其中 1 件经申诉不计入")
    too_late.get_by_role("link", name="其中 1 件经申诉不计入").click()
    expect(leader.page.locator("main")).to_contain_text(case.number)
    assert Case.objects.get(pk=case.pk).ended_at > case.due_at
