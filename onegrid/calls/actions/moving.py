"""The one door through which a call changes its state."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from onegrid.accounts.public import User, live_duties
from onegrid.calls.models import PublicCall
from onegrid.calls.permissions import Permission, require_release, require_write
from onegrid.calls.rules.refusals import CallNotFoundError, CallStandsElsewhereError
from onegrid.calls.states import Move, Status, after
from onegrid.oversight.public import Actor, record
from onegrid.units.public import UnitEntry, directory


def locked_call(call_id: UUID, *, by: User, permission: Permission | None) -> tuple[PublicCall, UnitEntry]:
    """
    Return a call, locked until the transaction ends, with its unit. Without a permission either is enough.

    :raises CallNotFoundError: if there is none that they may see.
    :raises NotAllowedError: if they may see it, but not do this.
    """
    visible = PublicCall.objects.visible_to(by).filter(pk=call_id).values("pk")
    call = PublicCall.objects.select_for_update(of=("self",)).filter(pk__in=visible).first()
    if call is None:
        raise CallNotFoundError(_("There is no such appeal, or it is not yours to see."))
    unit = directory().by_id[call.unit_id]
    if permission is not None:
        (require_write if permission is Permission.WRITE else require_release)(by, unit)
    return call, unit


def move_call(call: PublicCall, move: Move, *, by: Actor, at: datetime, data: dict[str, object] | None = None) -> None:
    """
    Move a locked call, save it and write the trail.

    :raises CallStandsElsewhereError: if the move is not possible from where it stands.
    """
    target = after(Status(call.status), move)
    if target is None:
        raise CallStandsElsewhereError(
            _("This is not possible: the appeal stands at “%(status)s”.") % {"status": Status(call.status).label}
        )
    call.status = target
    call.save()
    record(f"calls.{move.value}", target=target_of(call), by=by, at=at, data=data or {})


def target_of(call: PublicCall) -> str:
    """Return a call as the trail names it."""
    return f"calls.PublicCall:{call.number}"


def actor_of(user: User) -> Actor:
    """Return somebody as the trail names them."""
    duties = live_duties(user)
    return Actor(name=user.username, unit=duties[0].unit.code if duties else "")
