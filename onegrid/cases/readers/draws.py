"""The draws of a month made again from its secret, and compared with what was written down when they were made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models.fields.json import KT

from onegrid.cases.models import DrawMonth, TimelineEntry
from onegrid.cases.rules.draws import Ground, commitment_to, is_drawn, number_of
from onegrid.cases.states import DRAWN_AT
from onegrid.oversight.public import Entry


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawFault:
    """A draw that does not come out as it was written down, or a case reported done without one."""

    number: str
    at: datetime
    kept: str
    made: str


@dataclass(frozen=True, kw_only=True)
class DrawCheck:
    """What checking a month came to; the commitment holds if the trail has the hash of the secret from the start."""

    month: str
    commitment_holds: bool
    drawn: int = 0
    undrawn: int = 0
    faults: list[DrawFault] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Tell whether everything is as it should be."""
        return self.commitment_holds and not self.faults


def draw_months() -> list[DrawMonth]:
    """Return the months of which anything was drawn, latest first."""
    return list(DrawMonth.objects.order_by("-month"))


def check_draws(month: str) -> DrawCheck | None:
    """Make every draw of a month again; nothing where the month has no secret. Reads as much as was drawn."""
    seed = DrawMonth.objects.filter(month=month).first()
    if seed is None:
        return None
    counts, faults = {True: 0, False: 0}, list(_undecided(month))
    for at, case_id, number, data in _entries().filter(month=month).values_list(*_COLUMNS).iterator():
        kept = data["draw"]
        counts[bool(kept.get("drawn"))] += 1
        made = number_of(case_id, int(kept.get("round", 0)), secret=bytes(seed.secret))
        if not _comes_out(kept, made):
            faults.append(DrawFault(number=number, at=at, kept=str(kept.get("number")), made=str(made)))
    return DrawCheck(
        month=month,
        commitment_holds=_commitment_holds(seed),
        drawn=counts[True],
        undrawn=counts[False],
        faults=faults,
    )


_COLUMNS = ("received_at", "case_id", "case__number", "data")


def _entries() -> Any:  # noqa: ANN401 — a queryset with a column of its own, which no type has
    return TimelineEntry.objects.filter(move__in=DRAWN_AT).alias(month=KT("data__draw__month"))


def _comes_out(kept: Mapping[str, Any], made: Decimal) -> bool:
    """Tell whether number and decision are those that follow from the secret."""
    try:
        ground, percent = Ground(kept["ground"]), float(kept["percent"])
        return made == Decimal(kept["number"]) and kept["drawn"] is is_drawn(ground, number=made, percent=percent)
    except (KeyError, ValueError, InvalidOperation):
        return False


def _undecided(month: str) -> Iterator[DrawFault]:
    """Yield the cases that were reported done in a month, since there are draws, without one."""
    first = DrawMonth.objects.order_by("opened_at").values_list("opened_at", flat=True).first()
    year, number = map(int, month.split("-"))
    found = _entries().filter(month__isnull=True, received_at__gte=first, case__is_simulated=False)
    within = found.filter(received_at__year=year, received_at__month=number, data__imported__isnull=True)
    for at, _case_id, name, _data in within.values_list(*_COLUMNS).iterator():
        yield DrawFault(number=name, at=at, kept="", made="")


def _commitment_holds(seed: DrawMonth) -> bool:
    """Tell whether the trail has, once, the hash of this very secret."""
    said = Entry.objects.filter(code="cases.draws_opened", target=f"cases.DrawMonth:{seed.month}")
    kept = [entry.data.get("commitment") for entry in said]
    return kept == [commitment_to(bytes(seed.secret))] == [seed.commitment]
