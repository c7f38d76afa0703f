"""A unit needs more time: it asks with a photo, the centre grants, the due moment moves; a pause ends by itself."""

from datetime import timedelta

import pytest
from django.utils.timezone import localtime, now
from playwright.sync_api import expect

from onegrid.cases.models import Case
from onegrid.cases.public import Status, resume_due_cases, take_case
from tests.journeys.matters import dispatched
from tests.journeys.people import photo

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def in_hand(ouhai):
    """Let the unit have a case in its hands; return it with the private link."""
    case, link = dispatched(ouhai)
    return take_case(case_id=case.pk, version=4, by=ouhai.user("chashan.roads.handler"), at=now()), link


def test_an_extension_is_asked_for_with_a_photo_and_granted_by_the_centre(people):
    case, link = in_hand(people.ouhai)
    due = case.stage_due_at

    handler = people.officer("chashan.roads.handler", at=case.number)
    handler.chooses("申请延期", because="别人审批之前时钟照走")
    handler.page.fill("#f_amount", "2")
    handler.page.fill("#f_reason", "配件要从外地调来")
    handler.page.set_input_files("#f_files_sent", photo("仓库.jpg", taken="2026:11:24 15:00:00"))
    handler.sends()
    handler.has_done("申请延期")
    expect(handler.page.locator("#time-request")).to_contain_text("配件要从外地调来")

    lead = people.officer("chashan.shift-lead")
    lead.page.goto("/time-requests/")
    lead.page.get_by_role("link", name="申请延期").click()
    expect(lead.page.locator("#time-request img")).to_have_count(1)
    lead.page.locator("#step").get_by_label("批准", exact=True).check()
    lead.page.fill("#f_note", "配件缺货属实")
    lead.sends()
    lead.has_done("审批申请")
    lead.reads_in_timeline("批准：再给 2 时", "配件缺货属实")
    assert Case.objects.get(pk=case.pk).stage_due_at > due

    resident = people.resident()
    resident.follows(link)
    resident.reads("承办单位获准延长时限", "配件缺货属实")


def test_a_suspension_is_granted_by_the_district_and_ends_by_itself(people):
    case, link = in_hand(people.ouhai)
    until = localtime(now()).date() + timedelta(days=45)

    handler = people.officer("chashan.roads.handler", at=case.number)
    handler.chooses("申请挂账", because="批准后停到您写的那一天")
    handler.page.fill("#f_until", until.isoformat())
    handler.page.fill("#f_reason", "要等汛期过去")
    handler.page.set_input_files("#f_files_sent", photo())
    handler.sends()
    handler.has_done("申请挂账")

    leader = people.officer("centre.shift-lead-1", at=case.number)
    leader.chooses("审批申请")
    leader.page.locator("#step").get_by_label("批准", exact=True).check()
    leader.page.fill("#f_note", "汛期不能开挖")
    leader.sends()
    leader.has_done("审批申请")
    expect(leader.page.locator("#case-head .og-clock--p")).to_be_visible()
    resident = people.resident()
    resident.follows(link)
    resident.reads("挂账至", "汛期不能开挖")

    end = Case.objects.get(pk=case.pk).suspended_until
    assert resume_due_cases(at=end) == 1

    assert Case.objects.get(pk=case.pk).status == Status.IN_PROGRESS
    handler.opens(case.number)
    handler.reads_in_timeline("恢复计时")


def test_a_resident_asks_to_hurry_and_the_centre_has_the_unit_answer(people):
    case, link = in_hand(people.ouhai)

    resident = people.resident()
    resident.follows(link)
    resident.page.locator("summary", has_text="催办").click()
    resident.page.get_by_role("button", name="催办").click()
    resident.reads("您已催办", "有报告人催办")

    lead = people.officer("chashan.shift-lead", at=case.number)
    expect(lead.page.locator("#case-head")).to_contain_text("催办 1")
    lead.chooses("下达督办", because="督办自己的时限")
    lead.page.locator("#step").get_by_label("重要事项督办", exact=True).check()
    lead.page.fill("#f_text", "报告人在等，何时能修好？")
    lead.sends()
    lead.has_done("下达督办")

    handler = people.officer("chashan.roads.handler")
    handler.page.goto("/supervision-orders/")
    handler.page.get_by_role("link", name="重要事项督办").click()
    handler.chooses("答复督办", because="督办的时钟停止")
    handler.page.fill("#f_answer", "配件到了，今天下午装")
    handler.sends()
    handler.has_done("答复督办")
    handler.reads_in_timeline("答复重要事项督办", "配件到了，今天下午装")
