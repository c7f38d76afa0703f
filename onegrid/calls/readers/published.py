"""What the public sees: calls that run today; of those that are over, only that they were."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from onegrid.calls.models import PublicCall
from onegrid.calls.rules.refusals import CallNotFoundError
from onegrid.calls.states import Kind, Outcome
from onegrid.core.installation import area_named
from onegrid.core.names import in_language

MOST_ENDED = 20


@dataclass(frozen=True, kw_only=True)
class Published:
    """A call as everybody sees it."""

    number: str
    kind: str
    title: str
    text: str
    person_name: str
    has_picture: bool
    picture_from: str
    unit: str
    area: str
    instrument: str
    instrument_on: date
    telephone: str
    tip_channel: str
    released_at: datetime
    ends_on: date
    is_simulated: bool


@dataclass(frozen=True, kw_only=True)
class Over:
    """A call that is over: neither its words nor its picture."""

    number: str
    kind: str
    unit: str
    ended_on: date
    outcome: str


def running(*, on: date, language: str) -> Sequence[Published]:
    """Return the calls that run on a day, the newest first. One query."""
    calls = PublicCall.objects.running_on(on).select_related("unit", "area").order_by("-released_at")
    return [_published(call, language) for call in calls]


def over(*, on: date, language: str) -> Sequence[Over]:
    """Return the calls that ended last. One query."""
    calls = PublicCall.objects.ended_by(on).select_related("unit").order_by("-ends_on", "-pk")
    return [_over(call, language) for call in calls[:MOST_ENDED]]


def published(number: str, *, on: date, language: str) -> Published | Over:
    """
    Return one call as it is on a day: whole while it runs, and that it is over afterwards.

    :raises CallNotFoundError: if none of this number was ever published.
    """
    calls = PublicCall.objects.select_related("unit", "area").filter(number=number)
    if (call := calls.running_on(on).first()) is not None:
        return _published(call, language)
    if (call := calls.ended_by(on).first()) is not None:
        return _over(call, language)
    raise CallNotFoundError(_("There is no such appeal."))


def _published(call: PublicCall, language: str) -> Published:
    assert call.released_at is not None
    return Published(
        number=call.number,
        kind=str(Kind(call.kind).label),
        title=call.titled(language),
        text=call.told(language),
        person_name=call.person_name,
        has_picture=bool(call.picture_sha256),
        picture_from=call.picture_from,
        unit=_unit_name(call, language),
        area=area_named(call.area.name),
        instrument=f"{call.instrument_by} · {call.instrument} {call.instrument_number}",
        instrument_on=call.instrument_on,
        telephone=call.telephone,
        tip_channel=call.tip_channel,
        released_at=call.released_at,
        ends_on=call.ends_on,
        is_simulated=call.is_simulated,
    )


def _over(call: PublicCall, language: str) -> Over:
    return Over(
        number=call.number,
        kind=str(Kind(call.kind).label),
        unit=_unit_name(call, language),
        ended_on=call.ended_on or call.ends_on,
        outcome=str(Outcome(call.outcome).label) if call.outcome else "",
    )


def _unit_name(call: PublicCall, language: str) -> str:
    return in_language(language, call.unit.name, call.unit.name_en)
