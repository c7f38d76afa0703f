"""What became of the steps that somebody took on many cases: the report of one, and the list of all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q
from django.utils.timezone import localtime
from django.utils.translation import get_language

from onegrid.accounts.public import User
from onegrid.cases.public import Case, Status
from onegrid.units.public import directory
from onegrid.workspace.models import Batch, BatchAction, BatchItem, Result
from onegrid.workspace.rules.batches import PATIENCE
from onegrid.workspace.rules.moments import said

LISTED = 50


@dataclass(frozen=True, kw_only=True)
class ReportLine:
    """One case of a batch; `title` and `status` are empty where the reader may not see it any more."""

    number: str
    title: str
    status: str
    goes_to: str
    reason: str
    is_visible: bool


@dataclass(frozen=True, kw_only=True)
class BatchReport:
    """What became of each case."""

    batch: Batch
    step: str
    moment: str
    done: Sequence[ReportLine]
    refused: Sequence[ReportLine]
    waiting: Sequence[ReportLine]
    can_carry_on: bool


@dataclass(frozen=True, kw_only=True)
class BatchLine:
    """One batch in the list of somebody's own."""

    id: UUID
    action: BatchAction
    created_at: datetime
    moment: str
    done: int
    refused: int
    waiting: int

    @property
    def step(self) -> str:
        """Return the step in words."""
        return str(self.action.label)


def batch_of(batch_id: UUID, *, by: User) -> Batch | None:
    """Return a batch, if it is one of somebody's own."""
    return Batch.objects.filter(pk=batch_id, by=by).first()


def items_of(batch: Batch) -> Sequence[BatchItem]:
    """Return the cases of a batch in the order they were picked. One statement."""
    return list(batch.items.order_by("position"))


def batch_report(batch: Batch, *, by: User, at: datetime) -> BatchReport:
    """Return the report of a batch, in two statements."""
    items = items_of(batch)
    ids = [item.case_id for item in items if item.case_id]
    seen = {case.pk: case for case in Case.objects.visible_to(by).filter(pk__in=ids)}
    lines: dict[str, list[ReportLine]] = {result.value: [] for result in Result}
    for item in items:
        case = seen.get(item.case_id) if item.case_id else None
        lines[item.result].append(_line(item, case, batch.action))
    return BatchReport(
        batch=batch,
        step=str(BatchAction(batch.action).label),
        moment=said(localtime(batch.created_at), now=localtime(at)),
        done=lines[Result.DONE],
        refused=lines[Result.REFUSED],
        waiting=lines[Result.WAITING],
        can_carry_on=batch.finished_at is None and batch.begun_at <= at - PATIENCE,
    )


def batches_of(user: User, *, at: datetime) -> list[BatchLine]:
    """Return somebody's own batches, newest first, in one statement."""
    results = {result: Count("items", filter=Q(items__result=result)) for result in Result}
    found = Batch.objects.filter(by=user).annotate(**{result.value: count for result, count in results.items()})
    rows = found.order_by("-created_at").values("pk", "action", "created_at", *Result.values)[:LISTED]
    return [
        BatchLine(
            id=row["pk"],
            action=BatchAction(row["action"]),
            created_at=row["created_at"],
            moment=said(localtime(row["created_at"]), now=localtime(at)),
            done=row[Result.DONE],
            refused=row[Result.REFUSED],
            waiting=row[Result.WAITING],
        )
        for row in rows
    ]


def _line(item: BatchItem, case: Case | None, action: str) -> ReportLine:
    unit = directory().by_code.get(item.choice) if action == BatchAction.DISPATCH else None
    return ReportLine(
        goes_to=unit.named(get_language() or "") if unit else "",
        number=item.named,
        title=case.title if case else "",
        status=str(Status(case.status).label) if case else "",
        reason=item.reason,
        is_visible=case is not None,
    )
