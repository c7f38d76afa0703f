"""What is answered with no: work that is not done, an appeal, more time; each with its reason, and the record stays."""

from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from onegrid.cases.models import Case
from onegrid.cases.public import Status, take_case
from tests.journeys.matters import dispatched
from tests.journeys.people import PHONE, photo
from tests.journeys.test_handle_verify_close import handled
from tests.journeys.test_held_to_account import HEAD, closed_late

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def answered_no(people, username, case, *, step, note):
    """Let somebody decide against what was asked."""
    officer = people.officer(username, at=case.number)
    officer.chooses(step)
    officer.page.locator("#step input[type=radio][value='0']").check()
    officer.page.fill("#f_note", note)
    officer.sends()
    officer.has_done(step)


def test_work_that_is_not_done_comes_back_and_is_counted(people):
    case, _link = dispatched(people.ouhai)
    handled(people, case)
    handler = people.officer("chashan.roads.handler", at=case.number, screen=PHONE)
    assert not handler.is_offered("pass")
    assert handler.forges(case.number, "pass", version=6, finding="好了") == 403

    verifier = people.officer("chashan.verifier", at=case.number)
    verifier.chooses("核查不通过", because="返工")
    expect(verifier.page.locator("#step figure img")).to_have_count(2)
    verifier.page.fill("#f_finding", "井盖还在响")
    verifier.sends()
    verifier.has_done("核查不通过")

    assert handler.fits(f"/cases/{case.number}/")
    expect(handler.page.locator("#case-head")).to_contain_text("返工 1 次")
    handler.reads_in_timeline("井盖还在响")
    assert Case.objects.get().status == Status.DISPATCHED


def test_an_appeal_that_is_refused_cannot_be_made_again(people):
    case, link = closed_late(people.ouhai)
    head = people.officer(HEAD, at=case.number)
    head.chooses("申诉超时")
    head.page.locator("#step input[name=about][value=whole]").check()
    head.page.fill("#f_reason", "台风，桥不通")
    head.page.set_input_files("#f_files_sent", photo())
    head.sends()
    answered_no(people, "chashan.shift-lead", case, step="审核申诉", note="那几天没有台风")

    head.opens(case.number)
    expect(head.page.locator("[data-appeal]")).to_contain_text("那几天没有台风")
    version = Case.objects.get().version
    assert head.forges(case.number, "appeal", version=version, about="whole", reason="再来") == 409
    expect(head.page.locator("main")).to_contain_text("只能申诉一次")
    resident = people.resident()
    resident.follows(link)
    resident.reads("曾超期", "那几天没有台风")


def test_more_time_that_is_refused_moves_nothing(people):
    case, _link = dispatched(people.ouhai)
    due = take_case(case_id=case.pk, version=4, by=people.ouhai.user("chashan.roads.handler"), at=now()).stage_due_at
    handler = people.officer("chashan.roads.handler", at=case.number)
    handler.chooses("申请延期")
    handler.page.fill("#f_amount", "2")
    handler.page.fill("#f_reason", "配件要从外地调来")
    handler.page.set_input_files("#f_files_sent", photo())
    handler.sends()
    handler.has_done("申请延期")
    answered_no(people, "chashan.shift-lead", case, step="审批申请", note="本地有货")

    handler.opens(case.number)
    handler.reads_in_timeline("本地有货")
    assert Case.objects.get().stage_due_at == due


def test_after_the_limit_no_more_time_can_be_asked_for(people):
    case, _link = dispatched(people.ouhai, at=now() - timedelta(days=30))
    take_case(case_id=case.pk, version=4, by=people.ouhai.user("chashan.roads.handler"), at=now())
    handler = people.officer("chashan.roads.handler", at=case.number)

    assert not handler.is_offered("ask-extension")
    assert handler.forges(case.number, "ask-extension", version=5, amount="2", reason="缺配件") == 409
    expect(handler.page.locator("main")).to_contain_text("延期要在时限之内申请")
