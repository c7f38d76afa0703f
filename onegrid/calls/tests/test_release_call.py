"""Four eyes: who has written a call or asked for its release cannot release it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from onegrid.calls.actions.release_call import ask_release, release_call, send_back
from onegrid.calls.models import PublicCall
from onegrid.calls.rules.refusals import CallStandsElsewhereError, OwnCallError
from onegrid.calls.tests.arranging import NOON, draft, running, waiting
from onegrid.core.errors import InvalidInputError, NotAllowedError
from onegrid.oversight.models import Entry
from onegrid.oversight.public import ReasonMissingError

pytestmark = pytest.mark.django_db


def test_somebody_else_publishes_it(ouhai):
    call = running(ouhai)

    written = Entry.objects.filter(code__startswith="calls.").order_by("seq")
    assert (call.status, call.released_by) == ("running", "leader")
    assert [entry.code for entry in written] == ["calls.write", "calls.ask", "calls.release"]


@pytest.mark.parametrize("what", ["written_by", "asked_by"])
def test_who_wrote_or_asked_cannot_even_where_their_duties_would_let_them(ouhai, what):
    call = waiting(ouhai)
    PublicCall.objects.update(**{what: "leader"})

    with pytest.raises(OwnCallError):
        release_call(call_id=call.pk, by=ouhai.user("leader"), at=NOON)


def test_the_database_holds_the_four_eyes_too(ouhai):
    call = waiting(ouhai)

    with pytest.raises(IntegrityError), transaction.atomic():
        PublicCall.objects.filter(pk=call.pk).update(
            status="running", released_by="public-security.head", released_at=NOON
        )


def test_the_database_wants_an_instrument(ouhai):
    call = draft(ouhai)

    with pytest.raises(IntegrityError), transaction.atomic():
        PublicCall.objects.filter(pk=call.pk).update(instrument="")


def test_the_unit_alone_cannot(ouhai):
    with pytest.raises(NotAllowedError):
        release_call(call_id=waiting(ouhai).pk, by=ouhai.user("public-security.head"), at=NOON)


def test_a_draft_is_not_released(ouhai):
    with pytest.raises(CallStandsElsewhereError):
        release_call(call_id=draft(ouhai).pk, by=ouhai.user("leader"), at=NOON)


def test_the_second_of_two_is_told_that_somebody_was_faster(ouhai):
    call = running(ouhai)

    with pytest.raises(CallStandsElsewhereError):
        release_call(call_id=call.pk, by=ouhai.user("leader.deputy"), at=NOON)

    call.refresh_from_db()
    assert call.released_by == "leader"


def test_what_would_be_over_already_is_not_released(ouhai):
    call = waiting(ouhai)

    with pytest.raises(InvalidInputError):
        release_call(call_id=call.pk, by=ouhai.user("leader"), at=NOON + timedelta(days=40))


def test_sent_back_it_is_a_draft_with_a_reason(ouhai):
    call = waiting(ouhai)

    with pytest.raises(ReasonMissingError):
        send_back(call_id=call.pk, reason=" ", by=ouhai.user("leader"), at=NOON)
    send_back(call_id=call.pk, reason="请隐去门牌号", by=ouhai.user("leader"), at=NOON)

    call.refresh_from_db()
    assert (call.status, call.reason) == ("draft", "请隐去门牌号")
    ask_release(call_id=call.pk, by=ouhai.user("public-security.head"), at=NOON)
