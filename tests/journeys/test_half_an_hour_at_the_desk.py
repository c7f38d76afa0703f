"""
Half an hour at the desk: filtered, dispatched at once by keyboard, answered with a template.

And found by its words, heard of as it comes in, looked at on the map, and taken away as a table.
"""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from onegrid.cases.models import Case
from onegrid.cases.public import Channel, Status, accept_case, file_case
from onegrid.core.ids import new_id
from onegrid.dispatch.public import ReportedCase, report_case
from onegrid.oversight.models import Entry
from tests.journeys.people import CHASHAN, MANHOLE

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
MATTERS = ("校门口井盖碎了", "菜场后井盖松动", "河边井盖不见了", "路口井盖响得厉害")


def reported(text):
    lon, lat = map(float, CHASHAN)
    report = ReportedCase(id=new_id(), text=text, x=lon, y=lat)
    report_case(report=report, channel=Channel.PORTAL, by=None, at=timezone.now())
    return Case.objects.get(description=text)


def filed(text, ouhai):
    case = reported(text)
    accept_case(case_id=case.pk, version=1, by=ouhai.user("chashan.acceptor"), at=timezone.now())
    lead = ouhai.user("chashan.shift-lead")
    return file_case(case_id=case.pk, version=2, category_code=MANHOLE, by=lead, at=timezone.now())


def save_filter(page, name):
    """Narrow the queue to what is filed, and keep that for everybody of the unit."""
    page.keyboard.press("f")
    page.wait_for_url("**/filters/**")
    page.get_by_text("已立案", exact=True).click()
    page.get_by_role("button", name="显示列表").click()
    page.get_by_text("保存这个筛选", exact=True).click()
    page.fill("#sf_name", name)
    page.select_option("#sf_unit", "chashan-centre")
    page.get_by_role("button", name="保存筛选").click()


def pick_three(page):
    """Pick a range with the mouse, think better of it, and pick by keyboard."""
    boxes, bar = page.locator("tbody .c-x input"), page.locator("#bulk")
    expect(bar).to_be_hidden()
    boxes.nth(0).click()
    boxes.nth(3).click(modifiers=["Shift"])
    expect(bar).to_contain_text("已选 4 件")
    page.keyboard.press("Escape")
    expect(bar).to_be_hidden()
    for key in "xjxjx":
        page.keyboard.press(key)
    expect(bar).to_contain_text("已选 3 件")


def test_a_dispatcher_saves_a_filter_and_gives_three_cases_out_at_once(people):
    for text in MATTERS:
        filed(text, people.ouhai)
    page = people.officer("chashan.dispatcher").page
    page.wait_for_load_state("networkidle")

    save_filter(page, "等派遣的")
    expect(page.locator(".sf-a[aria-current]")).to_contain_text("等派遣的 4")
    pick_three(page)
    page.keyboard.press("d")
    expect(page.locator("h1")).to_have_text("派遣：3 件")
    expect(page.locator(".bt-main")).to_contain_text("茶山市政环卫养护站")
    first = re.findall(r"OG-\d{6}-\d+", page.inner_text(".bt-main"))[0]
    Case.objects.filter(number=first).update(version=9)  # somebody else was quicker
    page.locator(".bt-side .og-btn--main").click()

    expect(page.locator("h1")).to_have_text("派遣：办成 2 件，未办成 1 件")
    expect(page.locator("main")).to_contain_text("没有生效")
    assert Case.objects.filter(status=Status.DISPATCHED).count() == 2
    page.keyboard.press("g")
    page.keyboard.press("b")
    expect(page.locator("main")).to_contain_text("办成 2 件，未办成 1 件")


def test_an_acceptor_answers_with_a_template(people):
    case = reported(MATTERS[0])
    acceptor = people.officer("chashan.acceptor", at=case.number)
    acceptor.chooses("受理")

    acceptor.page.select_option("#f_reply", label="已受理，说明下一步")
    expect(acceptor.page.locator("#f_note")).to_have_value(re.compile(rf"（{case.number}）已受理"))
    acceptor.sends()

    acceptor.has_done("受理")
    acceptor.reads_in_timeline(case.number, "请留意进度")


@pytest.mark.usefixtures("relay")
def test_an_officer_hears_of_new_cases_finds_one_sees_it_on_the_map_and_takes_the_list_away(people):
    reported(MATTERS[0])
    page = people.officer("chashan.shift-lead").page
    page.goto("/queue/?scope=all")
    for text in (MATTERS[1], MATTERS[2], "路灯整夜不亮"):
        reported(text)
    expect(page.locator("button.q-new")).to_contain_text("3 条新案件", timeout=15_000)
    page.click("button.q-new")
    expect(page.locator("tr[data-number]")).to_have_count(4)

    page.keyboard.press("/")
    page.keyboard.type("河边 井盖")
    page.keyboard.press("Enter")
    page.wait_for_url("**/queue/?*q=*")
    found = page.locator("tr[data-number]")
    expect(found).to_have_count(1)
    expect(found).to_contain_text(MATTERS[2])

    page.locator(".ws-head, main").last.get_by_role("link", name="地图", exact=True).click()
    page.wait_for_url("**/map/?*q=*")
    expect(page.locator("main")).to_contain_text("茶山街道")
    page.get_by_role("link", name="列表", exact=True).click()
    page.get_by_role("link", name="导出、打印").click()
    page.get_by_label("CSV").check()
    with page.expect_download() as awaited:
        page.get_by_role("button", name="生成文件").click()

    table = awaited.value.path().read_text(encoding="utf-8-sig")
    assert [MATTERS[2] in line for line in table.splitlines()[1:]] == [True]
    assert Entry.objects.filter(code="cases.export").count() == 1
