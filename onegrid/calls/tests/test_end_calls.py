"""A call ends by its date, job or no job; then what it said of anybody goes."""

from datetime import date, datetime, timedelta

import pytest

from onegrid.calls.actions.end_calls import end_due, forget_due, record_outcome, withdraw_call
from onegrid.calls.readers.pictures import picture_hashes, public_picture
from onegrid.calls.readers.published import Over, over, published, running
from onegrid.calls.rules.refusals import CallNotFoundError, CallStandsElsewhereError
from onegrid.calls.states import Outcome
from onegrid.calls.tests import arranging
from onegrid.calls.tests.arranging import NOON, TODAY, draft, picture
from onegrid.core.errors import InvalidInputError, NotAllowedError
from onegrid.oversight.models import Entry
from onegrid.oversight.public import ReasonMissingError

pytestmark = pytest.mark.django_db

AFTER = date(2026, 12, 25)  # the day after the last
LATER = NOON + timedelta(days=31)


@pytest.fixture
def call(ouhai):
    return arranging.running(ouhai, picture=picture(), picture_from="家属提供，已同意")


def test_it_runs_through_its_last_day(call):
    assert [one.number for one in running(on=call.ends_on, language="en")] == [call.number]


def test_the_day_after_nothing_shows_it_though_no_job_ran(call):
    assert running(on=AFTER, language="en") == []
    assert public_picture(call.number, on=AFTER) is None
    assert isinstance(published(call.number, on=AFTER, language="en"), Over)


def test_of_what_is_over_neither_words_nor_name_nor_picture_are_given(call):
    [gone] = over(on=AFTER, language="zh-hans")

    assert not {"title", "text", "person_name", "picture_from"} & set(vars(gone))


def test_the_job_ends_it_once(call):
    assert [end_due(at=NOON), end_due(at=LATER), end_due(at=LATER)] == [0, 1, 0]

    call.refresh_from_db()
    assert (call.status, call.ended_on) == ("ended", call.ends_on)
    assert Entry.objects.get(code="calls.end").by == "onegrid"


def test_withdrawn_with_a_reason_it_is_gone_at_once(call, ouhai):
    head = ouhai.user("public-security.head")

    with pytest.raises(ReasonMissingError):
        withdraw_call(call_id=call.pk, reason="", by=head, at=NOON)
    withdraw_call(call_id=call.pk, reason="老人已平安回家", by=head, at=NOON)

    assert running(on=TODAY, language="en") == []
    assert isinstance(published(call.number, on=TODAY, language="en"), Over)
    with pytest.raises(CallStandsElsewhereError):
        withdraw_call(call_id=call.pk, reason="再撤一次", by=head, at=NOON)


def test_whoever_releases_can_stop_it_too(call, ouhai):
    withdraw_call(call_id=call.pk, reason="文书已被撤销", by=ouhai.user("leader"), at=NOON)

    assert running(on=TODAY, language="en") == []


def test_a_draft_that_is_withdrawn_was_never_public(ouhai):
    kept = draft(ouhai)

    withdraw_call(call_id=kept.pk, reason="不再需要发布", by=ouhai.user("public-security.head"), at=NOON)

    with pytest.raises(CallNotFoundError):
        published(kept.number, on=TODAY, language="en")


def test_after_the_days_of_keeping_what_it_said_is_deleted(call):
    end_due(at=LATER)

    assert forget_due(at=LATER + timedelta(days=28)) == 0
    assert forget_due(at=LATER + timedelta(days=30)) == 1

    call.refresh_from_db()
    said = (call.title, call.title_en, call.text, call.text_en, call.person_name, call.picture_sha256)
    assert set(said) == {""}
    assert list(picture_hashes()) == []
    assert call.instrument_number
    assert Entry.objects.filter(code="calls.forget").count() == 1


def test_a_person_says_what_came_of_it(call, ouhai):
    head = ouhai.user("public-security.head")

    with pytest.raises(InvalidInputError):
        record_outcome(call_id=call.pk, outcome=Outcome.NONE, by=head, at=NOON)
    with pytest.raises(NotAllowedError):
        record_outcome(call_id=call.pk, outcome=Outcome.FOUND, by=ouhai.user("leader"), at=NOON)
    record_outcome(call_id=call.pk, outcome=Outcome.FOUND, by=head, at=NOON)

    call.refresh_from_db()
    assert (call.outcome, call.outcome_by) == ("found", "public-security.head")


def test_of_a_draft_nothing_comes(ouhai):
    with pytest.raises(CallStandsElsewhereError):
        record_outcome(call_id=draft(ouhai).pk, outcome=Outcome.FOUND, by=ouhai.user("public-security.head"), at=NOON)


def test_a_day_is_that_of_the_district(call):
    last_minute = datetime.combine(call.ends_on, datetime.min.time(), NOON.tzinfo) + timedelta(hours=15, minutes=59)

    assert [end_due(at=last_minute), end_due(at=last_minute + timedelta(minutes=2))] == [0, 1]
