"""Merge cases that are one, link those that belong together, split one into a parent and children."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.cases.actions.lifecycle import actor, add_entry, move_case, open_case, target
from onegrid.cases.models import Case, CaseLink, EntryKind, LinkKind, Visibility
from onegrid.cases.rules import guards
from onegrid.cases.states import Move, Status
from onegrid.core.errors import DomainError
from onegrid.oversight.public import record


class CannotConnectError(DomainError):
    """These two cases cannot be put together this way."""


class OpenPartsError(DomainError):
    """A child case or a supporting task is still open."""


def require_no_open_parts(case: Case) -> None:
    """
    Check that nothing of a locked case goes on when the case itself ends.

    :raises OpenPartsError: while a child case or a supporting task is open.
    """
    if reason := guards.why_not_close(
        open_children=case.children.filter(ended_at__isnull=True).count(),
        open_tasks=case.tasks.filter(done_at__isnull=True).count(),
    ):
        raise OpenPartsError(reason)


def require_no_open_tasks(case: Case) -> None:
    """
    Check that the supporting units have done their part of a locked case before the whole is reported done.

    :raises OpenPartsError: while a supporting task is open.
    """
    if reason := guards.why_not_report_back(open_tasks=case.tasks.filter(done_at__isnull=True).count()):
        raise OpenPartsError(reason)


def _both(one: UUID, other: UUID, *, by: User, permission: str, version: int) -> tuple[Case, Case]:
    # Always locked in the order of their ids, so that two officers merging crosswise do not block each other for good.
    if one == other:
        raise CannotConnectError(_("A case cannot be put together with itself."))
    cases = {
        pk: open_case(pk, by=by, permission=permission, version=version if pk == one else None)
        for pk in sorted((one, other))
    }
    return cases[one], cases[other]


@transaction.atomic(durable=True)
def merge_case(*, case_id: UUID, version: int, into: UUID, by: User, at: datetime, note: str = "") -> Case:
    """
    Make one case part of another: its reports move over, its reporters follow the other from now on.

    :raises CannotConnectError: if the other is over, or is the case itself or its child.
    :raises OpenPartsError: while a supporting task is open.
    :raises IllegalMoveError: if the case is past filing.
    """
    case, other = _both(case_id, into, by=by, permission="cases.merge", version=version)
    if other.ended_at is not None:
        raise CannotConnectError(_("%(number)s is no longer open.") % {"number": other.number})
    if other.parent_id == case.pk or case.children.exists():
        raise CannotConnectError(_("A case with child cases cannot be merged; merge the children first."))
    require_no_open_parts(case)
    case.merged_into, case.outcome = other, ""
    move_case(case, Move.MERGE, by=by, at=at, text=note, data={"into": other.number})
    case.reports.update(case=other)
    other.report_count += case.report_count
    other.version += 1
    other.save(update_fields=["report_count", "version"])
    data = {"merged": case.number, "reports": case.report_count}
    add_entry(other, EntryKind.CHANGE, by=by, at=at, text=note, data=data)
    return case


@transaction.atomic(durable=True)
def link_cases(*, case_id: UUID, version: int, to: UUID, kind: LinkKind, by: User, at: datetime) -> CaseLink:
    """
    Say that two cases belong together; each goes its own way.

    :raises CannotConnectError: if they are one and the same.
    """
    case, other = _both(case_id, to, by=by, permission="cases.link", version=version)
    one, two = sorted((case, other), key=lambda each: each.pk)
    link, is_new = CaseLink.objects.get_or_create(
        one=one, other=two, defaults={"kind": kind, "linked_by": by, "linked_at": at}
    )
    if is_new:
        for here, there in ((case, other), (other, case)):
            data = {"linked": there.number, "kind": kind.value}
            add_entry(here, EntryKind.CHANGE, by=by, at=at, visibility=Visibility.INTERNAL, data=data)
        record("cases.link", target=target(case), by=actor(by), at=at, data={"to": other.number, "kind": kind.value})
    return link


@transaction.atomic(durable=True)
def adopt_case(*, case_id: UUID, version: int, parent: UUID, by: User, at: datetime) -> Case:
    """
    Make a case a child of another; the parent cannot close before it.

    :raises CannotConnectError: if the parent is over, or itself a child, or the case has children.
    """
    case, above = _both(case_id, parent, by=by, permission="cases.split", version=version)
    if above.ended_at is not None or Status(case.status) == Status.MERGED:
        raise CannotConnectError(_("%(number)s is no longer open.") % {"number": above.number})
    if above.parent_id or case.children.exists() or case.parent_id:
        raise CannotConnectError(_("Parent and children are one level deep; this would be two."))
    case.parent, case.version = above, case.version + 1
    case.save(update_fields=["parent", "version"])
    above.version += 1
    above.save(update_fields=["version"])
    add_entry(case, EntryKind.CHANGE, by=by, at=at, visibility=Visibility.INTERNAL, data={"parent": above.number})
    add_entry(above, EntryKind.CHANGE, by=by, at=at, visibility=Visibility.INTERNAL, data={"child": case.number})
    record("cases.adopt", target=target(case), by=actor(by), at=at, data={"parent": above.number})
    return case
