"""A case from a tip: in an officer's words, by the ordinary way in, and with no way back but for readers."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from onegrid.cases.models import Case, TimelineEntry
from onegrid.core.errors import InvalidInputError, NotAllowedError, NotFoundError
from onegrid.geography.public import communities
from onegrid.oversight.models import CommitmentKey, Entry
from onegrid.oversight.public import ReasonMissingError
from onegrid.tips.actions.note_deeds import write_deeds
from onegrid.tips.actions.write_case import OwnWords, write_case
from onegrid.tips.models import Deed
from onegrid.tips.tests.arranging import NOON, channel, reader, tip

pytestmark = pytest.mark.django_db

REASON = "通道堵塞须当日处置"


@pytest.fixture
def fire(ouhai):
    return channel()


@pytest.fixture
def officer(fire, ouhai):
    return reader(fire, user=ouhai.user("tips.officer"))


@pytest.fixture
def given(fire, officer):
    return tip(fire, officer[1])[0]


def words(**changed):
    said = {"case_id": uuid4(), "text": "某楼三层疏散通道需检查", "address": "", "is_own_words": True}
    return OwnWords(**{**said, "community": next(iter(communities())), **changed})


def writes(given, officer, **changed):
    reason = changed.pop("reason", REASON)
    return write_case(tip_id=given.pk, words=words(**changed), reason=reason, by=officer[0], at=NOON)


def test_the_case_comes_in_by_the_ordinary_way(given, officer):
    written = writes(given, officer)

    case = Case.objects.get()
    assert (case.number, case.channel, case.status) == (written.number, "tip", "reported")


def test_nothing_of_the_tip_stands_anywhere_on_the_other_side(given, officer):
    writes(given, officer)
    write_deeds(at=NOON + timedelta(days=1))

    case, entry = Case.objects.get(), Entry.objects.get(code="tips.write_case")
    for name in (str(given.pk), given.public_key, bytes(given.lookup_hash).hex()):
        assert name not in everything_but_tips()
    assert str(case.pk) not in f"{entry.target} {entry.data}"
    assert case.number not in f"{entry.target} {entry.data}"


def test_the_trail_says_by_day_who_did_it_for_a_committed_reason(given, officer):
    written = writes(given, officer)
    assert not Entry.objects.filter(code__startswith="tips.").exists()

    write_deeds(at=NOON + timedelta(days=1))

    entry = Entry.objects.get(code="tips.write_case")
    assert (entry.by, entry.target, entry.at) == (officer[0].username, written.noted_as, NOON)
    assert set(entry.data) == {"channel", "reason"}
    assert REASON not in str(entry.data)
    assert CommitmentKey.objects.filter(subject=written.noted_as).exists()


def test_what_was_done_today_waits_for_the_night(given, officer):
    writes(given, officer)

    assert write_deeds(at=NOON) == 0
    assert Deed.objects.count() == 1


def test_sending_twice_files_one_case(given, officer):
    said = words()

    for _ in range(2):
        write_case(tip_id=given.pk, words=said, reason=REASON, by=officer[0], at=NOON)

    assert (Case.objects.count(), Deed.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"reason": " "}, ReasonMissingError),
        ({"text": " "}, InvalidInputError),
        ({"text": "\x00"}, InvalidInputError),
        ({"text": "长" * 5001}, InvalidInputError),
        ({"community": "nowhere"}, InvalidInputError),
        ({"is_own_words": False}, InvalidInputError),
    ],
)
def test_refuses_what_is_missing_and_leaves_nothing(given, officer, changed, refusal):
    with pytest.raises(refusal):
        writes(given, officer, **changed)

    assert (Case.objects.count(), TimelineEntry.objects.count(), Deed.objects.count()) == (0, 0, 0)


def test_somebody_else_files_nothing(given, ouhai):
    stranger = ouhai.user("chashan.shift-lead")

    with pytest.raises(NotAllowedError):
        write_case(tip_id=given.pk, words=words(), reason=REASON, by=stranger, at=NOON)


def test_an_officer_of_another_channel_files_nothing(given, ouhai):
    other, _key = reader(channel("other"), user=ouhai.user("tips.deputy"))

    with pytest.raises(NotFoundError):
        write_case(tip_id=given.pk, words=words(), reason=REASON, by=other, at=NOON)


def test_the_page_of_the_desk_files_it(client, given, officer):
    client.force_login(officer[0])
    said = words()
    body = {**vars(said), "case_id": str(said.case_id), "reason": REASON}

    answer = client.post(f"/tip-desk/tips/{given.pk}/case/", body, content_type="application/json")
    again = client.post(f"/tip-desk/tips/{given.pk}/case/", {"text": 5}, content_type="application/json")

    assert (answer.status_code, again.status_code) == (200, 400)
    assert answer.json()["number"] == Case.objects.get().number


def everything_but_tips():
    """Return every row of every table that is not one of tips, as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename NOT LIKE 'tips%'"
        )
        return "\n".join(str(_rows(cursor, name)) for (name,) in cursor.fetchall())


def _rows(cursor, table):
    cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608  # names of our own tables
    return cursor.fetchall()
