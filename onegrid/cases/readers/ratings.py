"""What reporters say of how a case ended: counted by case, of its last closing."""

from enum import StrEnum

from django.db.models import Exists, OuterRef, Q

from onegrid.cases.models import Rating

SATISFIED_FROM = 4  # of five


class Said(StrEnum):
    """What the reporters of a case said: anything at all, that it is solved, that they are satisfied."""

    RATED = "rated"
    SOLVED = "solved"
    SATISFIED = "satisfied"


def of_ratings(said: Said) -> Q:
    """Return the cases that have ended of which that was said; where several said something, the worst holds."""
    last = Rating.objects.filter(case=OuterRef("pk"), closing=OuterRef("reopen_count"))
    rated = Q(ended_at__isnull=False) & Q(Exists(last))
    if said is Said.RATED:
        return rated
    otherwise = {Said.SOLVED: Q(is_solved=False), Said.SATISFIED: Q(satisfaction__lt=SATISFIED_FROM)}[said]
    return rated & ~Q(Exists(last.filter(otherwise)))
