"""
Roles and what they allow, as data.

A permission is a string `app.verb` declared by the app that checks it; a role
is a set of them. A duty puts a role into an area, which covers the areas
inside, and into a unit. Permissions in `UNIT_BOUND` are held only over what
that unit holds, wherever it lies; all others over everything in the area.
"""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from onegrid.accounts.models import Duty, Role, User
from onegrid.core.errors import NotAllowedError
from onegrid.core.snapshots import Remembered

_DESK = frozenset({"cases.view", "cases.report", "cases.note", "cases.add_evidence", "cases.link"})
_TRIAGE = _DESK | {"cases.accept", "cases.refuse", "cases.ask_check", "cases.recategorize", "cases.relocate"}

GRANTS: Mapping[Role, frozenset[str]] = {
    Role.GRID_WORKER: frozenset(
        {
            "cases.view",
            "cases.report",
            "cases.note",
            "cases.add_evidence",
            "cases.solve_on_the_spot",
            "cases.answer_check",
            "cases.handle",
            "cases.ask_time",
            "cases.do_task",
            "dispatch.dispute",
        }
    ),
    Role.ACCEPTOR: _TRIAGE | {"cases.merge", "cases.view_reporter", "workspace.take_calls"},
    Role.CALL_TAKER: _DESK | {"workspace.take_calls"},
    Role.SHIFT_LEAD: _TRIAGE
    | {
        "cases.file",
        "cases.close",
        "cases.reopen",
        "cases.merge",
        "cases.split",
        "cases.view_reporter",
        "cases.withdraw",
        "cases.grant_time",
        "cases.review_appeal",
        "cases.supervise",
        "cases.resume",
        "cases.edit_templates",
        "cases.export",
        "cases.export_reporters",
        "cases.overview",
        "units.edit_calendar",
        "dispatch.simulate",
        "dispatch.settle",
        "dispatch.make_rule",
        "workspace.share_filter",
        "workspace.take_calls",
    },
    Role.DISPATCHER: _DESK
    | {
        "cases.export",
        "dispatch.dispatch",
        "dispatch.recall",
        "dispatch.simulate",
        "dispatch.settle",
        "dispatch.make_rule",
        "cases.resume",
        "cases.recategorize",
        "cases.split",
        "cases.merge",
        "workspace.share_filter",
    },
    Role.VERIFIER: _DESK | {"cases.verify"},
    Role.HANDLER: frozenset(
        {
            "cases.view_unit",
            "cases.report",
            "cases.note",
            "cases.add_evidence",
            "cases.handle",
            "cases.ask_time",
            "cases.do_task",
            "dispatch.dispute",
        }
    ),
    Role.UNIT_HEAD: frozenset(
        {
            "cases.view_unit",
            "cases.report",
            "cases.note",
            "cases.add_evidence",
            "cases.handle",
            "cases.ask_time",
            "cases.grant_unit_time",
            "cases.appeal",
            "cases.assign",
            "cases.do_task",
            "cases.edit_unit_templates",
            "workspace.share_filter",
            "cases.export",
            "cases.overview",
            "dispatch.dispute",
            "calls.write",
        }
    ),
    Role.LEADER: frozenset(
        {
            "cases.view",
            "cases.grant_time",
            "cases.review_appeal",
            "cases.supervise",
            "cases.export",
            "cases.overview",
            "dispatch.simulate",
            "dispatch.settle",
            "calls.release",
        }
    ),
    Role.AUDITOR: frozenset({"oversight.read"}),
    Role.TIP_OFFICER: frozenset({"tips.read", "cases.report", "cases.note"}),
    Role.ADMINISTRATOR: frozenset(
        {"accounts.manage", "packs.load", "dispatch.simulate", "units.edit_calendar", "tips.appoint"}
    ),
}

UNIT_BOUND = frozenset(
    {
        "cases.view_unit",
        "cases.handle",
        "cases.ask_time",
        "cases.grant_unit_time",
        "cases.appeal",
        "cases.assign",
        "cases.do_task",
        "cases.edit_unit_templates",
        "workspace.share_filter",
        "dispatch.dispute",
        "calls.write",
    }
)


def live_duties(user: User) -> Sequence[Duty]:
    """Return the user's duties that have not ended: from memory, as fresh as `SNAPSHOT_SECONDS` says; not to change."""
    return (user.is_active and _held.get(user.pk)) or ()


def _read(user_id: UUID) -> tuple[Duty, ...]:
    return tuple(Duty.objects.live().filter(user=user_id).select_related("area", "unit").defer("area__outline"))


DUTIES = "duties"
_held = Remembered(DUTIES, _read)


def duties_granting(user: User, permission: str) -> list[Duty]:
    """Return those of the user's duties whose role allows the permission somewhere."""
    return [duty for duty in live_duties(user) if permission in GRANTS[Role(duty.role)]]


def has_permission(user: User, permission: str, *, area_path: str, unit_ids: Iterable[UUID | None] = ()) -> bool:
    """Test if one of the user's duties grants the permission there, or over one of those units' work."""
    units = set(unit_ids) - {None}
    for duty in duties_granting(user, permission):
        if duty.unit_id in units:
            return True
        if permission not in UNIT_BOUND and f"{area_path}/".startswith(f"{duty.area.path}/"):
            return True
    return False


def require(user: User, permission: str, *, area_path: str, unit_ids: Iterable[UUID | None] = ()) -> None:
    """
    Let the user past, or refuse.

    :raises NotAllowedError: if no duty of theirs grants the permission there.
    """
    if not has_permission(user, permission, area_path=area_path, unit_ids=unit_ids):
        raise NotAllowedError(_("Your duties do not allow this here."))
