"""Everything the page of one case shows, in a fixed number of statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from onegrid.accounts.public import GRANTS, Duty, User
from onegrid.cases.models import (
    Case,
    CaseLink,
    Evidence,
    LatenessAppeal,
    Report,
    SupervisionOrder,
    SupportTask,
    TimelineEntry,
    TimeRequest,
    TimeState,
    Visibility,
)
from onegrid.cases.readers.appeals import appeals_of, waiting_of
from onegrid.cases.readers.more_time import requests_of
from onegrid.cases.readers.supervision import open_orders_of
from onegrid.cases.states import ENDED

RELATED = 50  # children and links beyond this are not listed one by one


@dataclass(frozen=True, kw_only=True)
class Relative:
    """Another case that belongs to this one, and how."""

    id: UUID
    number: str
    title: str
    status: str
    tie: str  # parent, child, merged_into, absorbed, or a LinkKind


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """
    A case with all that was written down about it, in seven statements.

    While a unit leads it, it takes one more, and another while that unit handles it or once it is closed.
    """

    case: Case
    timeline: Sequence[TimelineEntry]
    evidence: Sequence[Evidence]
    tasks: Sequence[SupportTask]
    reports: Sequence[Report]
    relatives: Sequence[Relative]
    time_requests: Sequence[TimeRequest] = ()
    appeals: Sequence[LatenessAppeal] = ()
    orders: Sequence[SupervisionOrder] = ()

    @property
    def nudges(self) -> int:
        """Count how often its reporters asked to hurry."""
        return sum(report.nudge_count for report in self.reports)

    @property
    def time_request(self) -> TimeRequest | None:
        """Return the request for more time that waits for a decision."""
        return next((request for request in self.time_requests if request.state == TimeState.PENDING), None)

    @property
    def appeal(self) -> LatenessAppeal | None:
        """Return the appeal that waits for a review."""
        return waiting_of(self.appeals)

    @property
    def open_children(self) -> int:
        """Count the children that still block closing."""
        return sum(1 for other in self.relatives if other.tie == "child" and other.status not in ENDED)

    @property
    def open_tasks(self) -> int:
        """Count the supporting tasks that still block closing."""
        return sum(1 for task in self.tasks if task.done_at is None)


def case_by_number(number: str, *, by: User) -> Case | None:
    """Return the case with a number, if there is one that somebody may see."""
    found = Case.objects.visible_to(by).filter(number=number.strip().upper())
    return found.select_related("assignee", "handled_by", "verified_by", "parent", "merged_into").first()


def numbers_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the numbers of cases for somebody who knows them by id, such as an auditor; a number says nothing else."""
    return dict(Case.objects.filter(pk__in=list(ids)).values_list("pk", "number"))


def id_of(number: str) -> UUID | None:
    """Return the id of the case with a number, for the same people."""
    return Case.objects.filter(number=number.strip().upper()).values_list("pk", flat=True).first()


def case_file(case: Case) -> CaseFile:
    """Return everything about a case that was fetched by its number."""
    return CaseFile(
        case=case,
        timeline=list(case.timeline.order_by("-received_at", "-id")),
        evidence=list(case.evidence.all()),
        tasks=list(case.tasks.select_related("done_by").order_by("created_at", "id")),
        reports=list(case.reports.order_by("received_at", "id")),
        relatives=_relatives(case),
        time_requests=requests_of(case),
        appeals=appeals_of(case),
        orders=open_orders_of(case),
    )


def last_entry(case: Case) -> TimelineEntry | None:
    """Return what last happened to a case. One statement."""
    return case.timeline.order_by("-received_at", "-id").first()


def printed_file(case: Case) -> CaseFile:
    """Return what of a case anybody may read, for paper: no internal entry, no reporter, no closed file."""
    return CaseFile(
        case=case,
        timeline=list(case.timeline.filter(visibility=Visibility.PUBLIC).order_by("received_at", "id")),
        evidence=list(case.evidence.shown()),
        tasks=(),
        reports=(),
        relatives=(),
    )


_HANDLERS = [role for role, granted in GRANTS.items() if "cases.handle" in granted]


def colleagues_of(unit_id: UUID) -> list[User]:
    """Return those who handle for a unit, by name."""
    duties = Duty.objects.live().filter(
        unit=unit_id, role__in=["handler", "unit_head", "grid_worker"], user__is_active=True
    )
    return list(User.objects.filter(pk__in=duties.values("user")).order_by("display_name", "username")[:200])


def open_tasks_of(unit_ids: Sequence[UUID]) -> list[SupportTask]:
    """Return the supporting tasks that units still have to do, soonest due first."""
    found = SupportTask.objects.filter(unit__in=unit_ids, done_at__isnull=True).select_related("case")
    return list(found.order_by("due_at", "id")[:200])


def _relatives(case: Case) -> list[Relative]:
    found = [
        _relative(other, tie) for other, tie in ((case.parent, "parent"), (case.merged_into, "merged_into")) if other
    ]
    below = Case.objects.filter(Q(parent=case) | Q(merged_into=case)).order_by("number")[:RELATED]
    found += [_relative(other, "child" if other.parent_id == case.pk else "absorbed") for other in below]
    links = CaseLink.objects.filter(Q(one=case) | Q(other=case)).select_related("one", "other")[:RELATED]
    return found + [_relative(link.other if link.one_id == case.pk else link.one, link.kind) for link in links]


def _relative(case: Case, tie: str) -> Relative:
    return Relative(id=case.pk, number=case.number, title=case.title, status=case.status, tie=tie)
