"""Give people their accounts and duties, and move duties along when areas are redrawn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from onegrid.accounts.models import Duty, Role, User
from onegrid.accounts.permissions import DUTIES
from onegrid.core.snapshots import bump
from onegrid.geography.public import Area
from onegrid.oversight.public import Actor, record
from onegrid.units.public import Post, Unit

# Everybody on a demonstration signs in with this; such accounts are marked and never made elsewhere.
DEMONSTRATION_PASSWORD: Final = "onegrid-demo-2026"  # noqa: S105


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """A person with an account, and the one duty they are given."""

    username: str
    display_name: str
    role: Role
    area: Area
    unit: Unit
    post: Post | None = None


@transaction.atomic
def appoint_people(*, appointments: Sequence[Appointment], is_demonstration: bool, by: Actor, at: datetime) -> int:
    """
    Open the accounts and duties that do not exist yet; return how many rows were written.

    Joins the caller's transaction. An existing account keeps its name, password
    and other duties, and a duty that somebody ended is not given again. A new
    account cannot be signed in to until an administrator gives it a password,
    except on a demonstration, where all share one.
    """
    names = [appointment.username for appointment in appointments]
    users = {user.username: user for user in User.objects.filter(username__in=names)}
    new = _opened((entry for entry in appointments if entry.username not in users), is_demonstration=is_demonstration)
    users |= {user.username: user for user in new}
    held = set(Duty.objects.values_list("user_id", "role", "area_id", "unit_id"))
    duties = [
        Duty(
            user=users[entry.username],
            role=entry.role,
            area=entry.area,
            unit=entry.unit,
            post=entry.post,
            started_at=at,
        )
        for entry in appointments
        if (users[entry.username].pk, entry.role.value, entry.area.pk, entry.unit.pk) not in held
    ]
    User.objects.bulk_create(new, batch_size=500)
    Duty.objects.bulk_create(duties, batch_size=500)
    if new or duties:
        bump(DUTIES)
        data = {"accounts": len(new), "duties": len(duties), "demonstration": is_demonstration}
        record("accounts.appointed", target="accounts.User", by=by, at=at, data=data)
    return len(new) + len(duties)


@transaction.atomic
def move_duties(*, successors: Mapping[UUID, Area], by: Actor, at: datetime) -> int:
    """
    End each live duty in a closed area and begin it again in the area's successor.

    `successors` leads from the id of a closed area to the one that took its place.
    Joins the caller's transaction and returns how many duties were moved.
    """
    ending = list(Duty.objects.live().filter(area__in=successors).select_for_update(of=("self",)))
    held = set(Duty.objects.live().values_list("user_id", "role", "area_id", "unit_id"))
    begun = []
    for duty in ending:
        area = successors[duty.area_id]
        key = (duty.user_id, duty.role, area.pk, duty.unit_id)
        if key not in held:
            held.add(key)
            begun.append(
                Duty(
                    user_id=duty.user_id,
                    role=duty.role,
                    area=area,
                    unit_id=duty.unit_id,
                    post_id=duty.post_id,
                    started_at=at,
                )
            )
    Duty.objects.filter(pk__in=[duty.pk for duty in ending]).update(ended_at=at)
    Duty.objects.bulk_create(begun, batch_size=500)
    if ending:
        bump(DUTIES)
        record("accounts.duties-moved", target="accounts.Duty", by=by, at=at, data={"duties": len(ending)})
    return len(ending)


def _opened(entries: Iterable[Appointment], *, is_demonstration: bool) -> list[User]:
    # One hash for all: 1,300 of them would take minutes, and the password is no secret.
    shared = make_password(DEMONSTRATION_PASSWORD) if is_demonstration else ""
    people = {entry.username: entry.display_name for entry in entries}
    return [
        User(
            username=username,
            display_name=display_name,
            password=shared or make_password(None),
            is_demonstration=is_demonstration,
        )
        for username, display_name in people.items()
    ]
