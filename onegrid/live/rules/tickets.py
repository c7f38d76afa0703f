"""
Tickets: what a page shows the relay, so that the relay need ask nobody who is there.

A ticket holds what its owner may hear, for which site it was made, and until
when it is good. It is signed with the installation's key and opens nothing
else: with it one learns that something has changed, not what.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.signing import BadSignature, Signer

from onegrid.live.rules.audience import Audience

LIFETIME = timedelta(minutes=10)
SALT = "onegrid.live.ticket"


class TicketRefusedError(Exception):
    """The ticket was made up, changed, or has run out."""


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """Who hears what, on which site, until when (seconds since 1970)."""

    audience: Audience
    origin: str
    until: int

    @property
    def issued_at(self) -> float:
        """Return when it was written, which is when its page was drawn (seconds since 1970)."""
        return self.until - LIFETIME.total_seconds()


def issue(audience: Audience, *, origin: str, at: datetime) -> str:
    """Write and sign a ticket."""
    claims = {
        "a": sorted(audience.areas),
        "u": sorted(unit.hex for unit in audience.units),
        "p": audience.person.hex if audience.person else "",
        "all": audience.hears_all,
        "o": origin,
        "t": int((at + LIFETIME).timestamp()),
    }
    return Signer(salt=SALT).sign_object(claims, compress=True)


def admit(text: str, *, at: datetime) -> Ticket:
    """
    Read a ticket.

    :raises TicketRefusedError: if we have not written it, or it is no longer good.
    """
    try:
        claims = Signer(salt=SALT).unsign_object(text)
    except BadSignature as error:
        raise TicketRefusedError(str(error)) from error
    ticket = _ticket(claims)
    if ticket.until <= at.timestamp():
        message = "It has run out."
        raise TicketRefusedError(message)
    return ticket


def _ticket(claims: Mapping[str, object]) -> Ticket:
    areas, units, until = claims["a"], claims["u"], claims["t"]
    assert isinstance(areas, list)
    assert isinstance(units, list)
    assert isinstance(until, int)
    audience = Audience(
        areas=frozenset(areas),
        units=frozenset(UUID(unit) for unit in units),
        person=UUID(str(claims["p"])) if claims["p"] else None,
        hears_all=bool(claims["all"]),
    )
    return Ticket(audience=audience, origin=str(claims["o"]), until=until)
