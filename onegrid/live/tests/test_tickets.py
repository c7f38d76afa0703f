from datetime import UTC, datetime, timedelta

import pytest
from django.core.signing import Signer

from onegrid.core.ids import new_id
from onegrid.live.rules.audience import Audience
from onegrid.live.rules.tickets import LIFETIME, SALT, TicketRefusedError, admit, issue

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
SITE = "http://grid.example.org"
SOMEBODY = Audience(areas=frozenset({"330304010"}), units=frozenset({new_id()}), person=new_id())


def test_says_who_may_hear_and_on_which_site():
    ticket = admit(issue(SOMEBODY, origin=SITE, at=NOW), at=NOW + timedelta(minutes=1))

    assert (ticket.audience, ticket.origin, ticket.issued_at) == (SOMEBODY, SITE, NOW.timestamp())


def test_runs_out_after_minutes():
    ticket = issue(SOMEBODY, origin=SITE, at=NOW)

    with pytest.raises(TicketRefusedError):
        admit(ticket, at=NOW + LIFETIME)


@pytest.mark.parametrize("text", ["", "nothing", "a:b", "é:ü", "eyJhIjpbXX0:AAAA", "." * 5000])
def test_is_refused_where_it_was_made_up(text):
    with pytest.raises(TicketRefusedError):
        admit(text, at=NOW)


def test_is_refused_where_a_letter_was_changed():
    ticket = issue(SOMEBODY, origin=SITE, at=NOW)

    with pytest.raises(TicketRefusedError):
        admit(("B" if ticket[3] == "A" else "A").join([ticket[:3], ticket[4:]]), at=NOW)


@pytest.mark.parametrize("signer", [Signer(salt="another"), Signer(key="another", salt=SALT)])
def test_is_refused_where_something_else_of_ours_signed_it(signer):
    forged = signer.sign_object({"a": [], "u": [], "p": "", "all": True, "o": SITE, "t": 2**40})

    with pytest.raises(TicketRefusedError):
        admit(forged, at=NOW)
