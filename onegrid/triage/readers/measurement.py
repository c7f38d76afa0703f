"""Whether suggestions were of use: what was suggested when people filed, and what they chose."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onegrid.cases.public import Move, TimelineEntry
from onegrid.triage.rules.confidence import confidence


@dataclass(frozen=True, kw_only=True, slots=True)
class Usefulness:
    """For one model: how many cases were filed with its suggestions, and how often people chose what it said."""

    by: str
    filed: int
    first: int
    among: int
    none: int
    chosen_by_confidence: Mapping[str, tuple[int, int]]


def usefulness() -> list[Usefulness]:
    """Return what became of the suggestions of each model, the catalogue's words among them. One statement."""
    entries = TimelineEntry.objects.filter(move=Move.FILE, data__has_key="suggested")
    kept: dict[str, list[tuple[str, Mapping[str, list[object]]]]] = {}
    for data in entries.values_list("data", flat=True).iterator(chunk_size=5000):
        kept.setdefault(str(data["suggested"]["by"]), []).append((data["category"], data["suggested"]))
    return [_of(by, filings) for by, filings in kept.items()]


def _of(by: str, filings: Sequence[tuple[str, Mapping[str, list[object]]]]) -> Usefulness:
    said, came_true = Counter[str](), Counter[str]()
    for chosen, suggested in filings:
        if suggested["codes"] and isinstance(share := suggested["shares"][0], int | float):
            word = confidence(share).value
            said[word] += 1
            came_true[word] += suggested["codes"][0] == chosen
    return Usefulness(
        by=by,
        filed=len(filings),
        first=sum(suggested["codes"][:1] == [chosen] for chosen, suggested in filings),
        among=sum(chosen in suggested["codes"] for chosen, suggested in filings),
        none=sum(not suggested["codes"] for _chosen, suggested in filings),
        chosen_by_confidence={word: (came_true[word], count) for word, count in said.items()},
    )
