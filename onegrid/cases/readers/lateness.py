"""
What was late and stays so: the handling that units left, by the unit that had to act, and cases as a whole.

A unit has left a case when the case went on from its handling: reported back, returned, disputed, or taken back from
it. Whether that was late stands in the timeline, with the unit, and nothing that happens to the case later changes it.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT

from onegrid.cases.models import KEEPS_LATE, OF_HANDLING, AppealState, Case, EntryKind, LatenessAppeal, TimelineEntry
from onegrid.cases.rules.appeals import Late
from onegrid.cases.states import STAGE_OF, Stage, Status
from onegrid.core.queries import OneOf

NONE = "-"  # as a code: those that have no category yet, or no such unit
_LATE, _COUNTED = Q(data__late=True), Q(is_exempt=False)


class Handled(StrEnum):
    """What is asked of the handling that units left: all of it, what was late, what of that is counted, or is not."""

    LEFT = "left"
    LATE = "late"
    COUNTED = "counted"
    EXEMPT = "exempt"


class Handling(NamedTuple):
    """How many cases a unit left, how many of them late, and of how many of these an appeal exempts all that was."""

    left: int = 0
    late: int = 0
    exempt: int = 0

    @property
    def counted(self) -> int:
        """How many are late as they are counted."""
        return self.late - self.exempt


def was_late(case: Case, timeline: Iterable[TimelineEntry], *, at: datetime) -> list[Late]:
    """
    Return what of a case was late, in any round, and is not late now: its stages in order, then the whole.

    Each as it was late last. The whole of a case that has ended late is among it. Asks nothing.
    """
    found: dict[Stage | None, Late] = {}
    for entry in sorted(timeline, key=lambda entry: (entry.received_at, entry.pk)):
        data = entry.data
        if entry.kind in KEEPS_LATE and data.get("late") and data.get("stage") and "due_at" in data:
            stage = Stage(data["stage"])
            found[stage] = Late(stage=stage, due_at=_moment(data["due_at"]), done_at=entry.happened_at)
        if data.get("whole_late"):
            done_at = _moment(data["closed_at"]) if data.get("closed_at") else entry.happened_at
            found[None] = Late(stage=None, due_at=_moment(data["whole_due_at"]), done_at=done_at)
    if case.ended_at and case.due_at and case.ended_at > case.due_at:
        found[None] = Late(stage=None, due_at=case.due_at, done_at=case.ended_at)
    now_late = set()
    if case.ended_at is None and case.stage_due_at and at > case.stage_due_at:
        now_late.add(STAGE_OF.get(Status(case.status)))
    if case.ended_at is None and case.due_at and at > case.due_at:
        now_late.add(None)
    return [found[stage] for stage in (*Stage, None) if stage in found and stage not in now_late]


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def handling(
    *, unit: str = "", begins: datetime | None = None, before: datetime | None = None
) -> QuerySet[TimelineEntry, Any]:
    """
    Return the entries by which units left the handling of cases that had a limit, in a period.

    One that changed the category while it was late is among them: what was late then is late. `held_by` is the unit
    that had to act, `is_exempt` whether an accepted appeal of that unit, made later, takes it out of what is counted.
    """
    left = TimelineEntry.objects.filter(OF_HANDLING, Q(kind=EntryKind.MOVE) | _LATE, data__stage=Stage.HANDLE.value)
    left = left.annotate(held_by=KT("data__held_by"))
    bounds = {"happened_at__gte": begins, "happened_at__lt": before}
    left = left.filter(**{name: moment for name, moment in bounds.items() if moment})
    if unit:
        left = left.filter(held_by__isnull=True) if unit == NONE else left.filter(held_by=unit)
    accepted = LatenessAppeal.objects.filter(
        case=OuterRef("case"),
        state=AppealState.SECOND_YES,
        covers__contains=[Stage.HANDLE.value],
        unit__code=OuterRef("held_by"),
        asked_at__gte=OuterRef("received_at"),
    )
    return left.annotate(is_exempt=Exists(accepted))


def of_handling(asked: Handled, left: QuerySet[TimelineEntry, Any]) -> Q:
    """Return the cases of which units left the handling as is asked."""
    late, counted = left.filter(_LATE), left.filter(_LATE, _COUNTED)
    if asked is Handled.EXEMPT:
        return Q(pk__in=late.values("case")) & ~Q(pk__in=counted.values("case"))
    return Q(pk__in={Handled.LEFT: left, Handled.LATE: late, Handled.COUNTED: counted}[asked].values("case"))


def handling_by_unit(
    left: QuerySet[TimelineEntry, Any], cases: QuerySet[Case], *, from_cases: bool = False
) -> Mapping[str, Handling]:
    """
    Count by unit, known by its code, of how many of some cases it left the handling. One statement.

    A case that a unit left more than once is counted once for it. `from_cases` begins with the cases, where they are
    few and what was left of all others is much; else with what was left in the period.
    """
    ids = cases.order_by().values("pk")
    rows = (
        left.filter(OneOf(F("case"), ArraySubquery(ids)) if from_cases else Q(case__in=ids))
        .order_by()
        .values_list(F("held_by"))
        .annotate(
            left=Count("case", distinct=True),
            late=Count("case", distinct=True, filter=_LATE),
            counted=Count("case", distinct=True, filter=_LATE & _COUNTED),
        )
    )
    return {unit or NONE: Handling(left, late, late - counted) for unit, left, late, counted in rows}
