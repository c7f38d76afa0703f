"""Two officers at their desks: what one does, the other sees without reloading, and nothing moves under their eyes."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from onegrid.cases.models import Case
from onegrid.cases.public import Channel, accept_case
from onegrid.core.ids import new_id
from onegrid.dispatch.public import ReportedCase, report_case
from tests.journeys.matters import reported
from tests.journeys.people import CHASHAN

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def report(text):
    lon, lat = map(float, CHASHAN)
    report_case(
        report=ReportedCase(id=new_id(), text=text, x=lon, y=lat), channel=Channel.PORTAL, by=None, at=timezone.now()
    )
    return Case.objects.get(title__startswith=text)


def rows(officer):
    return officer.page.locator("tr[data-number]").evaluate_all(
        "rows => rows.map(row => [row.dataset.number, Math.round(row.getBoundingClientRect().top)])"
    )


@pytest.mark.usefixtures("relay")
def test_one_accepts_and_the_others_list_says_so_without_moving(people):
    case, _link = reported()
    report("路灯不亮，晚上看不见路")
    first = people.officer("chashan.acceptor", at=case.number)
    second = people.officer("chashan.shift-lead")
    second.page.goto("/queue/?scope=all")
    before = rows(second)

    first.chooses("受理")
    first.sends()

    changed = second.page.locator(f"tr[data-number='{case.number}']")
    expect(changed).to_contain_text("已变化")
    assert rows(second) == before


@pytest.mark.usefixtures("relay")
def test_new_cases_wait_in_the_pill_until_they_are_asked_for(people):
    reported()
    officer = people.officer("chashan.acceptor")
    officer.page.goto("/queue/?scope=all")
    before = rows(officer)

    added = [report(text).number for text in ("路灯不亮", "树枝断了", "垃圾没有收")]

    pill = officer.page.locator("button.q-new")
    expect(pill).to_contain_text("3 条新案件", timeout=15_000)
    assert rows(officer) == before
    expect(officer.page.locator("#live")).to_contain_text("3 条新案件")
    pill.click()
    expect(officer.page.locator("tr[data-number]")).to_have_count(4)
    assert {number for number, _top in rows(officer)[:3]} == set(added)
    expect(pill).to_be_hidden()
    expect(officer.page.locator("nav [data-count=queue]")).to_have_text("4")
    expect(officer.page.locator(".ws-head [aria-current=true] small").first).to_have_text("4")


@pytest.mark.usefixtures("relay")
def test_an_open_case_says_who_changed_it_and_keeps_what_is_being_written(people):
    case, _link = reported()
    officer = people.officer("chashan.shift-lead", at=case.number)
    officer.chooses("受理")
    officer.page.fill("#f_note", "已电话核实")
    colleague = people.ouhai.user("chashan.acceptor")

    accept_case(case_id=case.pk, version=1, by=colleague, at=timezone.now())

    note = officer.page.locator(".cs-news")
    expect(note).to_contain_text(colleague.display_name)
    note.get_by_text("查看").click()
    expect(officer.page.locator("#timeline")).to_contain_text("已受理")
    expect(note).to_have_count(0)
    assert officer.page.input_value("#f_note") == "已电话核实"


def test_a_list_asks_by_itself_where_there_is_no_relay(people):
    case, _link = reported()
    officer = people.officer("chashan.acceptor")
    officer.page.clock.install()
    officer.page.goto("/queue/?scope=all")

    accept_case(case_id=case.pk, version=1, by=people.ouhai.user("chashan.shift-lead"), at=timezone.now())
    officer.page.clock.run_for(75_000)

    expect(officer.page.locator(f"tr[data-number='{case.number}']")).to_contain_text("已变化")
