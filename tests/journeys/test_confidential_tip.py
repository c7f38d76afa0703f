"""A tip in confidence: sealed in the browser, opened by a named officer, answered, read again with the receipt code."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import expect

from onegrid.core.tests import samples
from onegrid.oversight.models import Entry
from onegrid.tips.models import Attachment, Message, Tip
from tests.journeys.tipping import MATTER, PHONE, comes_back, gives_tip, unlocks

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PICTURE = {"name": "IMG_20261124_153012.jpg", "mimeType": "image/jpeg", "buffer": samples.photo()}
DOCUMENT = {"name": "secret.txt", "mimeType": "text/plain", "buffer": "账本：王大力收了三万元".encode()}
ANSWER = "谢谢。是哪一栋楼？"


def test_a_tip_is_opened_by_its_officer_and_answered(people, tip_officer):
    tipster = people.resident(screen=PHONE).page
    code = gives_tip(tipster, MATTER)

    unlocks(tip_officer)
    tip_officer.page.locator(".tp-list a").click()
    expect(tip_officer.page.locator("#tip")).to_contain_text(MATTER)
    tip_officer.page.fill("#tip-answer", ANSWER)
    tip_officer.page.get_by_role("button", name="加密并答复").click()
    expect(tip_officer.page.locator("#tip")).to_contain_text(ANSWER)

    comes_back(tipster, code)
    expect(tipster.locator("[data-messages]")).to_contain_text(ANSWER)
    expect(tipster.locator("[data-messages]")).not_to_contain_text(MATTER)
    tipster.fill("textarea", "五号楼")
    tipster.get_by_role("button", name="加密并发送").click()
    expect(tipster.locator("[data-messages] li")).to_have_count(3, timeout=60_000)
    assert Message.objects.count() == 3
    assert tipster.context.cookies() == []


def attaches_everything(page):
    """A picture that says where it was taken, a document, and a masked recording."""
    page.set_input_files("[data-files]", [PICTURE, DOCUMENT])
    expect(page.locator("[data-list] li")).to_have_count(2)
    page.get_by_role("button", name="录一段话").click()
    page.get_by_role("button", name="停止录音").wait_for()
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="停止录音").click()
    expect(page.locator("[data-list] audio")).to_be_visible()


def test_files_and_a_voice_come_sealed_and_an_original_asks_a_reason(people, tip_officer):
    tipster = people.resident(screen=PHONE).page
    gives_tip(tipster, MATTER, attach=attaches_everything)

    unlocks(tip_officer)
    page = tip_officer.page
    page.locator(".tp-list a").click()
    files = page.locator(".tp-file")
    expect(files).to_have_count(4)
    copy, original, document, voice = (files.nth(n) for n in range(4))
    copy.get_by_role("button").click()
    expect(copy.locator("img")).to_be_visible(timeout=30_000)
    voice.get_by_role("button").click()
    expect(voice.locator("audio")).to_be_visible(timeout=30_000)
    original.get_by_role("button").click()
    expect(page.get_by_role("alert")).to_contain_text("理由")
    assert not Entry.objects.filter(code="tips.open_original").exists()
    original.get_by_role("textbox").fill("核实拍摄地点")
    original.get_by_role("button").click()
    expect(original.locator("img")).to_be_visible(timeout=30_000)

    assert bytes_of(page, original) == PICTURE["buffer"]
    assert b"Exif" not in bytes_of(page, copy)
    assert Entry.objects.filter(code="tips.open_original").count() == 1
    assert Attachment.objects.filter(is_original=True).count() == 2
    expect(document).not_to_contain_text("secret.txt")
    assert seen_in_the_clear() == []


def bytes_of(page, file):
    """Return what an opened file is, by saving it."""
    with page.expect_download() as saving:
        file.get_by_role("link", name="保存文件").click()
    return saving.value.path().read_bytes()


def seen_in_the_clear():
    """Return which words of the tip stand anywhere: in a row of a table, a file of the installation, or the trail."""
    rows = "\n".join(rows_of_every_table()).lower()
    packed = [MATTER.encode(), DOCUMENT["buffer"], PICTURE["buffer"][:200], b"IMG_20261124", b"secret.txt"]
    data = Path(settings.HOME) / "postgres" / "data"  # its rows were just read
    homes = [path for path in Path(settings.HOME).rglob("*") if path.is_file() and data not in path.parents]
    found = [word for word in packed if word.hex() in rows or word.decode("utf8", "replace").lower() in rows]
    return found + [path for path in homes for word in packed if word in path.read_bytes()]


def rows_of_every_table():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608  # names of our own tables
            yield from (row for (row,) in cursor.fetchall())


def test_nothing_is_sent_before_the_code_is_typed_back(people, tip_officer):
    tipster = people.resident(screen=PHONE).page
    tipster.goto("/tips/")
    tipster.get_by_label("消防隐患").check()
    tipster.fill("textarea", MATTER)
    tipster.get_by_role("button", name="下一步：收据码").click()
    tipster.get_by_role("button", name="我已记下").click()

    tipster.fill("[data-typed]", "1234 5678 9012 3456 7890 1234")
    tipster.get_by_role("button", name="加密并发送").click()

    expect(tipster.get_by_role("alert")).to_be_visible()
    assert not Tip.objects.exists()


def test_deleting_needs_a_second_press(people, tip_officer):
    tipster = people.resident(screen=PHONE).page
    comes_back(tipster, gives_tip(tipster, MATTER))

    tipster.get_by_role("button", name="全部删除").click()
    assert Tip.objects.exists()
    tipster.get_by_role("button", name="全部删除").click()

    expect(tipster.get_by_text("已删除")).to_be_visible()
    assert not Tip.objects.exists()


def test_without_script_the_page_names_other_ways(people, tip_officer):
    context = people.window.new_context(base_url=people.address, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()

    page.goto("/tips/")

    expect(page.locator(".tp-without")).to_contain_text("0577-12345")
    expect(page.locator("textarea")).not_to_be_visible()
    context.close()
