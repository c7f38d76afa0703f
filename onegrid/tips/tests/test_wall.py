"""The wall around tips: who gets in, and that nothing of whoever gives a tip is noted anywhere."""

import base64
import json
import logging
import re
import tomllib

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from onegrid.accounts.models import Role
from onegrid.accounts.permissions import GRANTS
from onegrid.accounts.tests.factories import person
from onegrid.core import metrics
from onegrid.core.json_log import JsonLines
from onegrid.core.web.metering import access
from onegrid.oversight.models import Entry
from onegrid.tips.models import Attachment, Channel, Deed, Message, Part, PuzzleKey, Recipient, SpentPuzzle, Tip
from onegrid.tips.tests.arranging import channel, reader, sealed, solved, with_second_factor

pytestmark = pytest.mark.django_db

ADDRESS, BROWSER = "203.0.113.77", "Mozilla/5.0 (the only one of its kind)"
PUBLIC = ("/tips/", "/tips/dialogue/")
OTHERS = [role for role in Role if "tips.read" not in GRANTS[role]]


def told(client, address, **body):
    """Send what the page sends, from a device with properties of its own."""
    marks = {"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": BROWSER, "HTTP_REFERER": "https://elsewhere.example/"}
    return client.post(address, json.dumps(body), content_type="application/json", **marks)


def test_one_role_reads_tips():
    assert [role for role in Role if "tips.read" in GRANTS[role]] == [Role.TIP_OFFICER]


@pytest.mark.parametrize("role", OTHERS)
def test_no_other_role_gets_in(client, given, role):
    client.force_login(with_second_factor(person(role=role)))

    answers = [
        client.get("/tip-desk/"),
        client.get(f"/tip-desk/tips/{given[0].pk}/"),
        client.post(f"/tip-desk/tips/{given[0].pk}/close/", {"ending": "nothing"}),
        told(client, f"/tip-desk/tips/{given[0].pk}/say/", author="officer", sealed=""),
    ]

    assert {answer.status_code for answer in answers} <= {302, 403, 404, 422}
    assert answers[0].status_code == answers[1].status_code == 403
    assert Tip.objects.get().status == "new"


@pytest.mark.parametrize("confirmed", [True, False])
def test_the_duty_alone_opens_no_channel(client, given, fire, confirmed):
    user, _key = reader(channel("other"), confirmed=True) if confirmed else reader(fire, confirmed=False)
    client.force_login(user)

    board, page = client.get("/tip-desk/"), client.get(f"/tip-desk/tips/{given[0].pk}/")

    assert str(given[0].pk) not in board.content.decode()
    assert page.status_code == 404


def test_who_is_not_a_reader_any_more_gets_nothing(client, given, fire, officer):
    fire.recipients.update(ended_at=fire.recipients.get().appointed_at)
    client.force_login(officer[0])

    assert client.get(f"/tip-desk/tips/{given[0].pk}/").status_code == 404


def test_the_contract_names_every_other_app():
    written = tomllib.loads((settings.ROOT / "pyproject.toml").read_text(encoding="utf8"))
    [wall] = [one for one in written["tool"]["importlinter"]["contracts"] if "wall" in one["name"]]
    apps = {path.parent.name for path in settings.ROOT.glob("onegrid/*/__init__.py")}

    assert {name.removeprefix("onegrid.") for name in wall["source_modules"]} == apps - {"tips"}


def test_no_operation_of_the_api_speaks_of_tips():
    published = json.loads((settings.ROOT / "docs/reference/openapi.json").read_text(encoding="utf8"))

    assert [path for path in published["paths"] if "tip" in path] == []


def test_no_table_outside_leads_to_a_tip_and_tips_lead_to_no_case():
    models = (Attachment, Channel, Deed, Message, Part, PuzzleKey, Recipient, SpentPuzzle, Tip)
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'"
            " AND (conrelid::regclass::text = ANY(%s) OR confrelid::regclass::text = ANY(%s))",
            [tables, tables],
        )
        outside = {pair for pair in cursor.fetchall() if not set(pair) <= set(tables)}

    assert outside == {("tips_recipient", "accounts_user")}


def test_no_column_of_a_tip_can_hold_a_moment():
    kinds = {
        field.get_internal_type()
        for model in (Tip, Deed, Message, Attachment, Part, PuzzleKey, SpentPuzzle)
        for field in model._meta.fields
    }

    assert kinds.isdisjoint({"DateTimeField", "TimeField", "GenericIPAddressField", "AutoField", "BigAutoField"})


def test_nothing_is_noted_of_who_gives_a_tip(client, officer, caplog):
    caplog.set_level(logging.INFO, logger=access.name)
    before, lines = Entry.objects.count(), []
    own = str(reader(channel("own"))[1].to_public())

    paid = solved(at=timezone.now())
    sent = told(
        client,
        "/tips/send/",
        puzzle=paid.puzzle,
        numbers=paid.numbers,
        channel="fire",
        lookup="ab" * 32,
        public_key=own,
        sealed=base64.b64encode(sealed("x", officer[1])).decode(),
    )
    told(client, "/tips/dialogue/read/", secret="cd" * 32)
    for address in PUBLIC:
        client.get(address, REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=BROWSER)

    lines = [JsonLines().format(record) for record in caplog.records]
    assert sent.status_code == 200, sent.content
    assert Tip.objects.count() == 1
    assert [line for line in lines if "access" in line] == []
    assert Entry.objects.count() == before
    assert ADDRESS not in everything()
    assert "of its kind" not in everything()
    assert not re.search(r'view="tips:(give|send|read|dialogue|puzzle)', metrics.exposition().decode())


def everything():
    """Return every row of every table as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        tables = [name for (name,) in cursor.fetchall()]
        return "\n".join(str(_rows(cursor, name)) for name in tables)


def _rows(cursor, table):
    cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608  # names of our own tables
    return cursor.fetchall()


@pytest.mark.parametrize("address", PUBLIC)
def test_a_page_leaves_nothing_on_the_device(client, officer, address):
    answer = client.get(address)

    assert answer.cookies == {}
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"


def test_a_failure_there_is_logged_with_its_day_only(rf):
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "failed", None, None)
    record.request = rf.get("/tips/send/")

    assert re.fullmatch(r"\d{4}-\d\d-\d\d", json.loads(JsonLines().format(record))["at"])


def test_who_comes_back_reads_days_as_on_every_other_page(client, given):
    said = told(client, "/tips/dialogue/read/?lang=zh-hans", secret=given[1]).json()

    assert (said["delete_on"], said["messages"][0]["written_on"]) == ("2027年5月23日", "2026年11月24日")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"secret": 5}', "\ud800".encode("utf8", "surrogatepass")])
def test_refuses_what_it_cannot_read(client, body):
    answer = client.post("/tips/dialogue/read/", body, content_type="application/json")

    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "保密提供线索"), ("zh-hant", "保密提供"), ("en", "in confidence")]
)
def test_the_address_chooses_the_language(client, officer, language, words):
    assert words in client.get(f"/tips/?lang={language}").content.decode()
