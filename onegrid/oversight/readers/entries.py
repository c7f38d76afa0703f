"""The auditor's list of entries, latest first."""

from dataclasses import dataclass
from datetime import datetime

from onegrid.oversight.models import Entry, Seal


@dataclass(frozen=True, kw_only=True)
class Search:
    """
    What an auditor looks for; what is empty does not matter.

    A `code` that ends in a dot means everything of that app.
    """

    code: str = ""
    target: str = ""
    by: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some entries, up to where they are sealed, and from where to read on."""

    entries: list[Entry]
    sealed_up_to: int
    next_before: int | None


def entries(search: Search, *, before: int | None = None, limit: int = 50) -> Page:
    """Return the entries found with a number lower than `before`, in two statements."""
    found = Entry.objects.within(search.since, search.until).order_by("-seq")
    if search.code:
        found = found.filter(**{"code__startswith" if search.code.endswith(".") else "code": search.code})
    if search.target:
        found = found.about(search.target)
    if search.by:
        found = found.filter(by=search.by)
    if before is not None:
        found = found.filter(seq__lt=before)
    shown = list(found[: limit + 1])
    return Page(
        entries=shown[:limit],
        sealed_up_to=Seal.objects.order_by("-number").values_list("up_to", flat=True).first() or 0,
        next_before=shown[limit - 1].seq if len(shown) > limit else None,
    )
