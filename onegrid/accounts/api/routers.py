"""Who is calling, what they may do, and with which keys."""

from django.http import HttpRequest
from django.utils.timezone import now
from ninja import Router

from onegrid.accounts.api.schemas import DutyOut, KeyOut, KeysOut, MeOut
from onegrid.accounts.models import Duty, Role
from onegrid.accounts.permissions import GRANTS, live_duties
from onegrid.accounts.readers.acting import acting
from onegrid.accounts.readers.api_keys import live_keys_of
from onegrid.core.api.scopes import READ, Caller, scoped

router = Router(tags=["me"])


@router.get("", response=MeOut, operation_id="me")
@scoped(READ)
def me(request: HttpRequest) -> MeOut:
    """Show who is calling, with their duties and what these permit."""
    user, caller = acting(request), getattr(request, "auth", None)
    scopes = sorted(caller.scopes) if isinstance(caller, Caller) and caller.scopes is not None else None
    return MeOut(
        username=user.username,
        display_name=user.display_name,
        language=user.language,
        scopes=scopes,
        duties=[_duty(duty) for duty in live_duties(user)],
    )


@router.get("/keys", response=KeysOut, operation_id="my_keys")
@scoped(READ)
def keys(request: HttpRequest) -> KeysOut:
    """List one's own keys that still work."""
    shown = [
        KeyOut(
            prefix=key.prefix,
            name=key.name,
            scopes=key.scopes,
            created_at=key.created_at,
            expires_at=key.expires_at,
            last_used_on=key.last_used_on,
        )
        for key in live_keys_of(acting(request), now())
    ]
    return KeysOut(keys=shown)


def _duty(duty: Duty) -> DutyOut:
    return DutyOut(
        role=duty.role,
        area=duty.area.code,
        area_name=duty.area.name,
        unit=duty.unit.code,
        unit_name=duty.unit.name,
        permissions=sorted(GRANTS[Role(duty.role)]),
    )
