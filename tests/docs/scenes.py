"""What the pictures of `docs/` show: half an hour at a desk, the public door, and what stands between them."""

import email
import re
import time
from email.policy import default

from playwright.sync_api import expect

from onegrid.core.tests import street
from tests.journeys.people import BROKEN, CHASHAN, DESK

PHONE = {"width": 390, "height": 844}
TALL = {"width": 390, "height": 1300}
SETTLED = 2500  # milliseconds until a map has moved
COMMUNITY, GRID = 12, 15  # digits of their codes
WAITED = 300  # seconds at most for what the worker does
ADDRESS = "ye.xiaoman@example.net"
NEWS = ("菜场后门的污水冒出来了，味道很大", "公交站旁的路灯整夜不亮", "台风后行道树断枝挂在电线上")


def report(page, text, *, place=CHASHAN, photos=()):
    """Fill in a report without choosing a kind."""
    page.goto("/report/")
    page.fill("#id_text", text)
    if photos:
        page.set_input_files("#id_photos", list(photos))
        page.locator("[name=uploads]").nth(len(photos) - 1).wait_for(state="attached")
    page.locator(".pp-typed summary").click()
    page.fill("[data-pp-lon]", place[0])
    page.fill("[data-pp-lat]", place[1])


def send(page):
    """Send it; return its number."""
    page.click("#report-send")
    expect(page.locator("#private-link")).to_be_visible()
    return re.findall(r"OG-\d{6}-\w+", page.inner_text("h1"))[0]


def desk(studio):
    """Half an hour at the desk: what waits, a search, a filter, a file of the list."""
    page = studio.people.officer("chashan.dispatcher").page
    page.goto("/queue/?scope=all&status=dispatched&status=in_progress&days=7")
    page.keyboard.press("j")
    studio.keep(page, "queue")
    page.keyboard.press("/")
    page.keyboard.type("井盖")
    page.keyboard.press("Enter")
    page.wait_for_url("**/queue/?*q=*")
    page.keyboard.press("j")
    studio.keep(page, "search")
    page.goto("/queue/?scope=all")
    page.keyboard.press("f")
    page.wait_for_url("**/filters/**")
    page.get_by_text("已立案", exact=True).click()
    page.select_option("#due", index=2)
    studio.keep(page, "filters")
    page.goto("/queue/?scope=all")
    page.get_by_role("link", name="导出、打印").click()
    page.get_by_label("CSV").check()
    page.get_by_label("用途").fill("周例会：本周在办的案件")
    studio.keep(page, "export")


def many(studio):
    """Three cases at once: picked, looked at, dispatched, reported."""
    page = studio.people.officer("wutian.dispatcher").page
    page.goto("/queue/?scope=all&status=filed")
    for key in "xjxjx":
        page.keyboard.press(key)
    studio.keep(page, "picked")
    page.keyboard.press("d")
    expect(page.locator(".bt-main")).to_be_visible()
    studio.keep(page, "many-preview")
    page.locator(".bt-side .og-btn--main").click()
    expect(page.locator("h1")).to_contain_text("办成")
    studio.keep(page, "many-report")


def news(studio):
    """Three cases come in while a list is read, and wait over it."""
    page = studio.people.officer("chashan.shift-lead").page
    page.goto("/queue/?scope=all")
    page.keyboard.press("j")
    resident = studio.people.resident(screen=PHONE).page
    for text in NEWS:
        report(resident, text)
        send(resident)
    expect(page.locator("button.q-new")).to_contain_text("3 条新案件", timeout=30_000)
    studio.keep(page, "news")


def maps(studio):
    """The map of a leader, far and near."""
    page = studio.people.officer("leader").page
    page.goto("/map/")
    page.wait_for_selector("[data-area-map][data-ready]")
    studio.keep(page, "map", pause=SETTLED)
    page.click(".mp-label:has-text('茶山')")
    expect(page.locator("#map-info h2")).to_contain_text("茶山街道")
    for digits in (COMMUNITY, GRID):
        page.wait_for_timeout(SETTLED)
        places = [link.get_attribute("data-place") for link in page.locator("#map-side a[data-place]").all()]
        page.click(f"#map-side a[data-place='{next(place for place in places if len(place) == digits)}']")
    page.click("[data-nearer] button")
    page.wait_for_timeout(2 * SETTLED)
    while not page.locator(".mp-pin").count():  # a large grid
        page.click("[data-zoom=in]")
        page.wait_for_timeout(2 * SETTLED)
    studio.keep(page, "map-near", pause=SETTLED)


def overview(studio):
    """What came, what went, what is late and why."""
    page = studio.people.officer("leader").page
    page.goto("/overview/")
    page.get_by_role("link", name="近 30 天").click()
    studio.keep(page, "overview")


def case(studio):
    """A case with its pictures, before somebody else verifies it."""
    page = studio.people.officer("chashan.verifier").page
    page.goto("/queue/?scope=all&status=handled")
    for number in [row.get_attribute("data-number") for row in page.locator("tr[data-number]").all()]:
        page.goto(f"/cases/{number}/")
        if page.locator(".og-ev img").count() > 1:
            break
    studio.keep(page, "case")


def on_a_phone(studio):
    """The desk on a phone: what waits, and a case."""
    page = studio.people.officer("chashan.shift-lead", screen=PHONE).page
    page.goto("/queue/")
    studio.keep(page, "queue-phone")
    page.locator("tr[data-number] a").first.click()
    page.wait_for_url("**/cases/**")
    studio.keep(page, "case-phone")


def telephone(studio):
    """What is said on the telephone, while it is said."""
    page = studio.people.officer("hotline").page
    page.goto("/telephone/")
    page.fill("#f_text", BROKEN)
    page.fill("#f_reporter_contact", "057700000000")
    page.locator("#f_community").press_sequentially("茶山街道罗山村委会")
    page.locator(".pp-typed summary").click()
    page.fill("[data-pp-lon]", CHASHAN[0])
    page.fill("[data-pp-lat]", CHASHAN[1])
    page.locator("[data-pp-lat]").press("Tab")
    page.locator(".pp-typed summary").click()
    page.locator("#f_text").focus()
    studio.keep(page, "telephone", pause=SETTLED)


def photo(studio):
    """A photo for the public: what is covered on the copy."""
    resident = studio.people.resident(screen=PHONE).page
    taken = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": street.as_jpeg(street.street())}
    report(resident, "车停在盲道上，推着轮椅过不去", photos=[taken])
    number = send(resident)
    page = studio.people.officer("chashan.acceptor", at=number).page
    page.locator(".og-ev a[href*='/photos/']").last.click()
    until = time.monotonic() + WAITED
    while not page.locator("#covers").count() and time.monotonic() < until:
        page.wait_for_timeout(2000)
        page.reload()
    expect(page.locator("#covers")).to_be_visible()
    studio.keep(page, "photo")


def door(studio):
    """The public door on a phone: home, a report and its receipt, what is worked on nearby, one of them."""
    page = studio.people.resident(screen=PHONE).page
    page.goto("/welcome/")
    studio.keep(page, "home-phone")
    page.goto("/nearby/?state=open")
    studio.keep(page, "nearby-phone")
    page.set_viewport_size(TALL)
    page.goto("/nearby/?state=open&q=井盖")  # words find only what a person has looked at
    for address in [link.get_attribute("href") for link in page.locator(".po-table a[href*='/c/']").all()]:
        page.goto(address)
        if page.locator(".po-steps [aria-current=step]").filter(has_text="处置").count():
            break
    studio.keep(page, "follow-phone")
    report(page, BROKEN)
    page.locator(".pp-typed summary").click()
    page.evaluate("scrollTo(0, 0)")
    studio.keep(page, "report-phone", pause=SETTLED)
    page.locator(".pp-typed summary").click()
    send(page)
    studio.keep(page, "receipt-phone")


def promise(studio):
    """A matter that is over, as everybody reads it."""
    page = studio.people.stranger().page
    page.goto("/nearby/?state=ended&outcome=fixed")
    for address in [link.get_attribute("href") for link in page.locator(".po-table a[href*='/c/']").all()]:
        page.goto(address)
        if page.locator("main img").count() > 1:
            break
    studio.keep(page, "promise")


def mine(studio):
    """Several reports of one person, found by a code."""
    page = studio.people.resident(screen=PHONE).page
    page.goto("/my/")
    page.get_by_label("邮箱地址").fill(ADDRESS)
    before = set(mails(studio))
    page.get_by_role("button", name="发送验证码").click()
    page.get_by_label("六位数字").fill(code_in(studio, before))
    page.get_by_role("button", name="进入").click()
    page.wait_for_url("**/my/")
    for text in ("路口的窨井盖松了，车一过就响", "楼道里的灯不亮"):
        report(page, text)
        send(page)
    page.goto("/my/")
    studio.keep(page, "my-phone")


def mails(studio):
    return (studio.home / "mails").glob("*")


def code_in(studio, before):
    """Wait for the mail and return the six digits in it."""
    until = time.monotonic() + WAITED
    while time.monotonic() < until:
        for file in set(mails(studio)) - before:
            subject = email.message_from_bytes(file.read_bytes(), policy=default)["Subject"] or ""
            if found := re.search(r"\b\d{6}\b", subject):
                return found[0]
        time.sleep(1)
    message = "No mail has come."
    raise TimeoutError(message)


def rooms(studio):
    """Tips, an appeal for information, the statistics of the last whole month."""
    page = studio.people.resident(screen=PHONE).page
    page.goto("/tips/")
    studio.keep(page, "tip-phone")
    page.set_viewport_size({"width": 390, "height": 1032})
    page.goto("/calls/")
    page.locator("main a[href*='/calls/']").first.click()
    page.wait_for_url("**/calls/*/")
    studio.keep(page, "call-phone")
    page = studio.people.stranger().page
    page.goto("/statistics/")
    page.set_viewport_size({"width": DESK["width"], "height": 800})
    page.locator("main a[href*='month=']").first.click()
    page.wait_for_url("**month=**")
    studio.keep(page, "statistics")


SCENES = (desk, many, news, maps, overview, case, on_a_phone, telephone, photo, door, promise, mine, rooms)
