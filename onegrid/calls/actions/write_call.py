"""Write a call to the public, or change one that nobody has been asked to release yet."""

import io
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.calls.actions.moving import actor_of, locked_call, target_of
from onegrid.calls.models import PublicCall
from onegrid.calls.permissions import Permission, require_write
from onegrid.calls.readers.issuing import allowed, unit_of
from onegrid.calls.rules.refusals import CallStandsElsewhereError
from onegrid.calls.rules.terms import why_not_until
from onegrid.calls.states import OF_PERSONS, Kind, Status
from onegrid.core import files
from onegrid.core.errors import InvalidInputError
from onegrid.core.media.upload import Upload
from onegrid.geography.public import Area
from onegrid.oversight.public import record
from onegrid.units.public import UnitEntry

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is misread or misheard
_REQUIRED = ("instrument", "instrument_number", "instrument_by", "title", "text", "telephone")


@dataclass(frozen=True, kw_only=True)
class CallPlan:
    """What a call is to say, on which legal instrument it stands, and until which day it is shown."""

    kind: Kind
    area_code: str
    instrument: str
    instrument_number: str
    instrument_by: str
    instrument_on: date
    title: str
    title_hant: str
    title_en: str
    text: str
    text_hant: str
    text_en: str
    person_name: str
    picture_from: str
    telephone: str
    tip_channel: str
    ends_on: date


@transaction.atomic(durable=True)
def write_call(
    *,
    plan: CallPlan,
    unit_code: str,
    picture: Upload | None,
    by: User,
    at: datetime,
    is_simulated: bool = False,
) -> PublicCall:
    """
    Write a call of a unit; nobody sees it before somebody else has released it.

    :raises NotAllowedError: if they do not write calls of that unit.
    :raises InvalidInputError: naming each field that is missing or not possible.
    """  # fmt: skip
    unit = unit_of(unit_code)
    require_write(by, unit)
    call = PublicCall(number=_new_number(), unit_id=unit.id, is_simulated=is_simulated)
    _write(call, plan, unit, picture=picture, by=by, at=at)
    call.save(force_insert=True)
    _note("calls.write", call, by=by, at=at)
    return call


@transaction.atomic(durable=True)
def change_call(*, call_id: UUID, plan: CallPlan, picture: Upload | None, by: User, at: datetime) -> None:
    """
    Change a draft.

    :raises NotAllowedError: if they do not write calls of its unit.
    :raises CallStandsElsewhereError: if it is no draft any more.
    :raises InvalidInputError: naming each field that is missing or not possible.
    """
    call, unit = locked_call(call_id, by=by, permission=Permission.WRITE)
    if call.status != Status.DRAFT:
        raise CallStandsElsewhereError(_("Only a draft can be changed."))
    _write(call, plan, unit, picture=picture, by=by, at=at)
    call.save()
    _note("calls.change", call, by=by, at=at)


def _write(
    call: PublicCall, plan: CallPlan, unit: UnitEntry, *, picture: Upload | None, by: User, at: datetime
) -> None:
    area = Area.objects.standing().filter(code=plan.area_code).first()
    faults = _faults(plan, unit, has_picture=bool(picture or call.picture_sha256), today=timezone.localdate(at))
    if area is None or not f"{area.path}/".startswith(f"{unit.area_path}/"):
        faults["area_code"] = _("Choose an area of the unit.")
    if faults or area is None:
        raise InvalidInputError(_("The appeal cannot be taken as it is."), fields=faults)
    for name, value in vars(plan).items():
        if name != "area_code":
            setattr(call, name, value.strip() if isinstance(value, str) else value)
    call.area, call.written_by, call.written_at = area, by.username, at
    if picture is not None and picture.photo is not None:
        files.hold()
        call.picture_sha256 = files.keep(io.BytesIO(picture.photo.public))  # of the original nothing is kept


def _faults(plan: CallPlan, unit: UnitEntry, *, has_picture: bool, today: date) -> dict[str, str]:
    faults = {name: _("This is missing.") for name in _REQUIRED if not getattr(plan, name).strip()}
    terms = allowed().get(plan.kind)
    if terms is None or unit.function not in terms.functions:
        faults["kind"] = _("This unit does not issue appeals of this kind.")
    elif why := why_not_until(plan.ends_on, terms=terms, today=today):
        faults["ends_on"] = why
    if plan.instrument_on > today:
        faults["instrument_on"] = _("The instrument is dated after today.")
    if plan.person_name and plan.kind not in OF_PERSONS:
        faults["person_name"] = _("An appeal of this kind names nobody.")
    if has_picture and not plan.picture_from.strip():
        faults["picture_from"] = _("Say where the picture is from, and who allowed it.")
    faults |= {
        name: _("This text holds a character that cannot be kept.")
        for name, value in vars(plan).items()
        if isinstance(value, str) and "\x00" in value
    }
    return faults


def _new_number() -> str:
    return "GA-" + "".join(secrets.choice(ALPHABET) for _letter in range(6))


def _note(code: str, call: PublicCall, *, by: User, at: datetime) -> None:
    data = {
        "kind": call.kind,
        "instrument": f"{call.instrument} {call.instrument_number}",
        "ends_on": call.ends_on.isoformat(),
        "has_picture": bool(call.picture_sha256),
    }
    record(code, target=target_of(call), by=actor_of(by), at=at, data=data)
