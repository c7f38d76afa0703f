"""What officers see of their calls."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.calls.models import PublicCall
from onegrid.calls.permissions import can_release, can_write
from onegrid.calls.rules.refusals import CallNotFoundError
from onegrid.calls.states import Move, Status, after
from onegrid.core.names import in_language
from onegrid.geography.public import Area, Level
from onegrid.units.public import UnitEntry, directory

MOST = 200


@dataclass(frozen=True, kw_only=True)
class Row:
    """One call in the list."""

    call: PublicCall
    status: str
    kind: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class CallFile:
    """One call, with what the one who looks may do about it."""

    row: Row
    may_change: bool
    may_ask: bool
    may_release: bool
    is_own: bool
    may_withdraw: bool
    may_say_outcome: bool


def calls_for(by: User, *, on: date) -> Sequence[Row]:
    """Return the calls somebody writes or releases, those that wait first. One query."""
    calls = PublicCall.objects.visible_to(by).select_related("unit", "area").order_by("-written_at")[:MOST]
    return sorted((_row(call, on) for call in calls), key=lambda row: row.call.status != Status.WAITING)


def call_file(call_id: UUID, *, by: User, on: date) -> CallFile:
    """
    Return one call.

    :raises CallNotFoundError: if there is none that they may see.
    """
    call = PublicCall.objects.visible_to(by).select_related("unit", "area").filter(pk=call_id).first()
    if call is None:
        raise CallNotFoundError(_("There is no such appeal, or it is not yours to see."))
    unit = directory().by_id[call.unit_id]
    writes, releases = can_write(by, unit), can_release(by, unit)
    waits = call.status == Status.WAITING
    is_own = by.username in {call.written_by, call.asked_by}
    return CallFile(
        row=_row(call, on),
        may_change=writes and call.status == Status.DRAFT,
        may_ask=writes and call.status == Status.DRAFT,
        may_release=releases and waits and not is_own,
        is_own=is_own and waits,
        may_withdraw=after(Status(call.status), Move.WITHDRAW) is not None,
        may_say_outcome=writes and call.released_at is not None,
    )


def areas_of(unit: UnitEntry) -> list[tuple[str, str]]:
    """Return the district or townships that a unit works in, by code and name."""
    areas = Area.objects.standing().filter(level__in=[Level.DISTRICT, Level.TOWNSHIP]).order_by("path")
    return [(area.code, area.name) for area in areas if f"{area.path}/".startswith(f"{unit.area_path}/")]


def _row(call: PublicCall, on: date) -> Row:
    is_over = call.status == Status.RUNNING and call.ends_on < on  # no job has ended it yet
    status = Status.ENDED if is_over else Status(call.status)
    unit = in_language(get_language() or "", call.unit.name, call.unit.name_en)
    return Row(call=call, status=str(status.label), kind=call.get_kind_display(), unit=unit)
