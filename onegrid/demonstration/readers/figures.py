"""What came out of a simulation, counted from the cases themselves, to be read beside the assumptions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db.models import Aggregate, Count, DurationField, F, Q, QuerySet
from django.db.models.functions import TruncMonth

from onegrid.cases.public import (
    Case,
    Channel,
    EntryKind,
    Move,
    Rating,
    Status,
    TimeKind,
    TimelineEntry,
    TimeRequest,
    TimeState,
)
from onegrid.catalogue.public import TimeUnit, catalogue

_DAY = timedelta(days=1)
_SOLVED = (Move.SOLVE_ON_THE_SPOT, Move.SOLVE_TO_VERIFY)
_ON_THE_WAY = (
    Move.REFUSE, Move.MERGE, *_SOLVED, Move.WITHDRAW, Move.ASK_CHECK, Move.DISPATCH, Move.DISPUTE, Move.CLOSE,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Counts and shares of all simulated cases; shares are parts of one."""

    cases: int
    standing: int
    late_now: int
    months: Sequence[tuple[str, int]]
    groups: Mapping[str, float]
    levels: Mapping[str, float]
    channels: Mapping[str, float]
    days_to_close: tuple[float, float]  # half of them within the first, nine of ten within the second
    late_stages: float
    rates: Mapping[str, float]


class _HalfAndMost(Aggregate):
    template = "percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = ArrayField(DurationField())


def figures(*, at: datetime) -> Figures:
    """Return what stands in the database of simulated cases at a moment. Twelve statements, whatever their number."""
    cases = Case.objects.filter(is_simulated=True)
    whole = cases.aggregate(
        cases=Count("pk"),
        standing=Count("pk", filter=Q(ended_at=None)),
        late=Count("pk", filter=Q(ended_at=None, stage_due_at__lt=at)),
        returned=Count("pk", filter=Q(return_count__gt=0)),
        reworked=Count("pk", filter=Q(rework_count__gt=0)),
        reopened=Count("pk", filter=Q(reopen_count__gt=0)),
        handled=Count("pk", filter=~Q(handled_by=None)),
    )
    count = whole["cases"] or 1
    moves = TimelineEntry.objects.filter(case__is_simulated=True, move__in=[move.value for move in _ON_THE_WAY])
    made = dict(moves.order_by().values_list("move").annotate(Count("case", distinct=True)))
    # Each rate is of the cases that came to the point where it is decided.
    solved = sum(made.get(move, 0) for move in _SOLVED)
    looked_at = count - solved - made.get(Move.MERGE, 0) or 1
    taken_on = looked_at - made.get(Move.REFUSE, 0) - made.get(Move.WITHDRAW, 0) or 1
    dispatched, closed = made.get(Move.DISPATCH, 0) or 1, made.get(Move.CLOSE, 0) or 1
    return Figures(
        cases=whole["cases"],
        standing=whole["standing"],
        late_now=whole["late"],
        months=_months(cases),
        groups=_groups(cases, count),
        levels=_shares(cases, "level", count),
        channels=_shares(cases, "channel", count),
        days_to_close=_days_to_close(cases),
        late_stages=_late_stages(),
        rates={
            "refused": made.get(Move.REFUSE, 0) / looked_at,
            "duplicate": made.get(Move.MERGE, 0) / count,
            "withdrawn": made.get(Move.WITHDRAW, 0) / looked_at,
            "solved_on_the_spot": solved / count,
            "checked": made.get(Move.ASK_CHECK, 0) / taken_on,
            "disputed": made.get(Move.DISPUTE, 0) / dispatched,
            **_more_time(),
            "returned": whole["returned"] / dispatched,
            "reworked": whole["reworked"] / dispatched,
            "reopened": whole["reopened"] / closed,
            "rated": _rated(cases),
        },
    )


def _months(cases: QuerySet[Case]) -> list[tuple[str, int]]:
    rows = cases.order_by().annotate(month=TruncMonth("reported_at")).values_list("month").annotate(n=Count("pk"))
    return [(f"{month:%Y-%m}", n) for month, n in sorted(rows)]


def _groups(cases: QuerySet[Case], count: int) -> dict[str, float]:
    """Return the shares of the first parts of the categories' codes; what is not filed yet may have none."""
    found: dict[str, float] = {}
    for category_id, n in cases.order_by().values_list("category").annotate(n=Count("pk")):
        group = catalogue().by_id[category_id].code.partition(".")[0] if category_id else ""
        found[group] = found.get(group, 0.0) + n / count
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def _shares(cases: QuerySet[Case], column: str, count: int) -> dict[str, float]:
    rows = cases.order_by().values_list(column).annotate(n=Count("pk"))
    return {value: n / count for value, n in sorted(rows, key=lambda row: -row[1])}


def _days_to_close(cases: QuerySet[Case]) -> tuple[float, float]:
    closed = cases.filter(status=Status.CLOSED).exclude(timeline__move__in=_SOLVED)
    found = closed.aggregate(parts=_HalfAndMost(F("ended_at") - F("reported_at")))["parts"]
    return (found[0] / _DAY, found[1] / _DAY) if found else (0.0, 0.0)


def _late_stages() -> float:
    """Return the share of ended stages that were over their limit, of all moves that ended one."""
    moves = TimelineEntry.objects.filter(case__is_simulated=True, kind=EntryKind.MOVE, data__has_key="late")
    found = moves.aggregate(all=Count("pk"), late=Count("pk", filter=Q(data__late=True)))
    return found["late"] / found["all"] if found["all"] else 0.0


def _more_time() -> dict[str, float]:
    """Return how many of the cases that somebody took, and that have working days, were extended, and suspended."""
    taken = Case.objects.filter(is_simulated=True, category__time_unit=TimeUnit.WORKING_DAYS, timeline__move=Move.TAKE)
    count = taken.values("pk").distinct().count() or 1
    granted = TimeRequest.objects.filter(case__is_simulated=True, state=TimeState.GRANTED)
    of_kind = dict(granted.order_by().values_list("kind").annotate(Count("case", distinct=True)))
    return {
        "extended": of_kind.get(TimeKind.EXTENSION, 0) / count,
        "suspended": of_kind.get(TimeKind.SUSPENSION, 0) / count,
    }


def _rated(cases: QuerySet[Case]) -> float:
    closed = cases.filter(channel=Channel.PORTAL, status=Status.CLOSED).count()
    return Rating.objects.filter(case__is_simulated=True).count() / closed if closed else 0.0
