"""Writing a call: by a unit that may, on a legal instrument, with an end."""

from datetime import date

import pytest

from onegrid.calls.actions.write_call import change_call, write_call
from onegrid.calls.models import PublicCall
from onegrid.calls.rules.refusals import CallNotFoundError, CallStandsElsewhereError
from onegrid.calls.states import Kind
from onegrid.calls.tests.arranging import NOON, TODAY, draft, picture, plan, waiting
from onegrid.core import files
from onegrid.core.errors import InvalidInputError, NotAllowedError
from onegrid.oversight.models import Entry

pytestmark = pytest.mark.django_db


def test_a_head_of_unit_writes_one_and_the_trail_says_so(ouhai):
    call = draft(ouhai)

    entry = Entry.objects.get(code__startswith="calls.")
    assert (call.status, call.written_by) == ("draft", "public-security.head")
    assert (entry.code, entry.data["instrument"]) == ("calls.write", "立案决定书 瓯公立〔2026〕0001号")
    assert "虚构人物" not in str(entry.data)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("instrument", " "),
        ("instrument_number", ""),
        ("instrument_by", ""),
        ("instrument_on", date(2026, 11, 25)),
        ("title", ""),
        ("text", "\x00"),
        ("telephone", ""),
        ("area_code", "330305"),
        ("ends_on", TODAY),
        ("ends_on", date(2026, 11, 1)),
        ("ends_on", date(2027, 6, 1)),
    ],
)
def test_refuses_what_is_missing_or_impossible_by_name(ouhai, field, value):
    with pytest.raises(InvalidInputError) as refusal:
        draft(ouhai, **{field: value})

    assert list(refusal.value.fields) == [field]
    assert not PublicCall.objects.exists()


def test_a_picture_says_where_it_is_from_and_is_kept_without_what_a_camera_wrote(ouhai):
    with pytest.raises(InvalidInputError):
        draft(ouhai, picture=picture())

    call = draft(ouhai, picture=picture(), picture_from="家属提供，已同意")

    with files.open_file(call.picture_sha256) as kept:
        assert b"Exif" not in kept.read()
    assert call.picture_sha256 in files.named()  # so a backup holds it, and no sweep takes it for a leftover


def test_a_witness_call_names_nobody(ouhai):
    with pytest.raises(InvalidInputError) as refusal:
        draft(ouhai, kind=Kind.WITNESS, ends_on=date(2026, 12, 1))

    assert list(refusal.value.fields) == ["person_name"]


def test_a_unit_issues_only_its_kinds(ouhai):
    with pytest.raises(InvalidInputError) as refusal:
        write_call(plan=plan(kind=Kind.WANTED), unit_code="civil", picture=None, by=ouhai.user("civil.head"), at=NOON)

    assert list(refusal.value.fields) == ["kind"]


@pytest.mark.parametrize("username", ["leader", "public-security.handler", "fire.head", "admin", "tips.officer"])
def test_nobody_else_writes_for_the_unit(ouhai, username):
    with pytest.raises(NotAllowedError):
        write_call(plan=plan(), unit_code="public-security", picture=None, by=ouhai.user(username), at=NOON)


def test_a_draft_can_be_changed_and_only_a_draft(ouhai):
    call, head = draft(ouhai), ouhai.user("public-security.head")

    change_call(call_id=call.pk, plan=plan(title="改"), picture=None, by=head, at=NOON)

    call.refresh_from_db()
    assert call.title == "改"
    with pytest.raises(CallStandsElsewhereError):
        change_call(call_id=waiting(ouhai).pk, plan=plan(), picture=None, by=head, at=NOON)


def test_another_unit_does_not_find_it(ouhai):
    with pytest.raises(CallNotFoundError):
        change_call(call_id=draft(ouhai).pk, plan=plan(), picture=None, by=ouhai.user("fire.head"), at=NOON)
