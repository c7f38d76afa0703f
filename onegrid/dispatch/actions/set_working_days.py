"""
Set working days for a calendar or a unit, or let them be as usual again, for those whose duties reach there.

Time limits are reckoned by them, and so nobody sets a day for the own unit: who leads a shift sets it for the
other units of their area at their request, and for a whole calendar whose duty covers all of the district.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import User, live_duties
from onegrid.cases.public import actor
from onegrid.core.errors import NotAllowedError
from onegrid.dispatch.permissions import can_set_days
from onegrid.oversight.public import Actor
from onegrid.units.public import DaysPlan, SpanOfDays, Whose, directory, set_days, withdraw_days


@transaction.atomic(durable=True)
def set_working_days(*, whose: Whose, plan: DaysPlan, by: User, at: datetime) -> int:
    """
    Set days otherwise than the calendar has them; returns how many were not so before.

    :raises NotAllowedError: if `by` may not set days there.
    :raises UnknownFollowerError: if there is no such calendar or unit.
    :raises WrongDayError: if they cannot be set like this, naming the fields that are wrong.
    """
    _require(by, whose)
    return set_days(whose=whose, plan=plan, by=actor(by), named=_named(by), at=at)


@transaction.atomic(durable=True)
def withdraw_working_days(*, whose: Whose, days: SpanOfDays, by: User, at: datetime) -> int:
    """
    Let days be as usual again, today from now on; returns how many were not.

    :raises NotAllowedError: if `by` may not set days there.
    :raises UnknownFollowerError: if there is no such calendar or unit.
    :raises WrongDayError: if the days end before they begin, or all of them are over.
    :raises DayNotSetError: if none of them is set.
    """
    _require(by, whose)
    return withdraw_days(whose=whose, days=days, by=actor(by), named=_named(by), at=at)


def _named(by: User) -> Actor:
    """Return who decides by the names that people read."""
    duties = live_duties(by)
    return Actor(str(by), duties[0].unit.name if duties else "")


def _require(by: User, whose: Whose) -> None:
    if not can_set_days(by, directory().by_code.get(whose.unit)):
        raise NotAllowedError(_("Your duties do not allow this here."))
