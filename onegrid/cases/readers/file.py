"""One case with what belongs to it: its timeline, evidence, links, children and tasks."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.cases.models import Case, CaseLink, Evidence, SupportTask, TimelineEntry
from onegrid.cases.rules.absence import CaseNotFoundError
from onegrid.core.pagination import PAGE_SIZE, Slice, UnknownCursorError, cursor, place


def visible_case(name: str, *, by: User) -> Case:
    """
    Return a case by its number or id, with those who work on it. One statement.

    :raises CaseNotFoundError: if there is none that `by` may see.
    """
    wanted = Case.objects.visible_to(by).filter(_named(name)).select_related("assignee", "parent", "merged_into")
    if (case := wanted.first()) is None:
        raise CaseNotFoundError(_("There is no such case, or it is not yours to see."))
    return case


def case_id_of(name: str, *, by: User) -> UUID:
    """
    Return the id of a case by its number or id; an id costs no statement.

    :raises CaseNotFoundError: if there is none that `by` may see.
    """
    return _as_id(name) or visible_case(name, by=by).pk


def _named(name: str) -> Q:
    id_ = _as_id(name)
    return Q(pk=id_) if id_ else Q(number=name.upper())


def _as_id(name: str) -> UUID | None:
    try:
        return UUID(name)
    except ValueError:
        return None


def timeline_of(case: Case, *, after: str = "", limit: int = PAGE_SIZE) -> Slice[TimelineEntry]:
    """
    Return what has happened to a case, oldest first. One statement.

    :raises UnknownCursorError: if `after` is no place in this timeline.
    """
    entries = TimelineEntry.objects.filter(case=case).order_by("received_at", "id")
    if after:
        of_case, moment, pk = place(after, tuple[UUID, datetime, UUID])
        if of_case != case.pk:
            raise UnknownCursorError
        entries = entries.filter(Q(received_at__gt=moment) | Q(received_at=moment, pk__gt=pk), received_at__gte=moment)
    rows = list(entries[: limit + 1])
    last = rows[limit - 1] if len(rows) > limit else None
    return Slice(rows=rows[:limit], next_after=cursor(case.pk, last.received_at, last.pk) if last else "")


def links_of(case: Case) -> Sequence[CaseLink]:
    """Return with which cases somebody linked it. One statement."""
    return list(
        CaseLink.objects.filter(Q(one=case) | Q(other=case)).select_related("one", "other").order_by("linked_at")
    )


def children_of(case: Case) -> Sequence[Case]:
    """Return the parts a case was split into. One statement."""
    return list(case.children.order_by("received_at", "pk"))


def tasks_of(case: Case) -> Sequence[SupportTask]:
    """Return what supporting units were asked to do. One statement."""
    return list(case.tasks.select_related("given_by", "extended_by", "done_by").order_by("created_at", "pk"))


def task_of(case_id: UUID, task_id: UUID) -> UUID:
    """
    Return a supporting task's id, if it is one of this case. One statement.

    :raises CaseNotFoundError: if the case has no such task.
    """
    if not SupportTask.objects.filter(pk=task_id, case=case_id).exists():
        raise CaseNotFoundError(_("There is no such task, or it is not yours to see."))
    return task_id


def evidence_of(case: Case) -> Sequence[Evidence]:
    """Return the files that show what was and what was done, oldest first. One statement."""
    return list(case.evidence.order_by("added_at", "id"))
