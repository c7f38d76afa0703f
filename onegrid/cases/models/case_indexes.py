"""By which indexes cases are found."""

from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Cast, Coalesce

# Foreign keys that are empty when a case comes in, and mostly stay so: intake does not write into these.
_OF_THE_FEW = tuple(
    models.Index(name, name=f"case_{name}", condition=Q(**{f"{name}__isnull": False}))
    for name in ("assignee", "reported_by", "handled_by", "verified_by", "parent", "merged_into")
)


class Keys(Func):
    """Codes and keys of a case as one array of texts; named one by one, so that a migration says of which they are."""

    template, arg_joiner = "ARRAY[%(expressions)s]::text[]", ", "

    def __init__(self, *names: str) -> None:
        super().__init__(*(Cast(name, models.TextField()) for name in names))


# In which areas a case lies, who leads it, of which category it is and who reported it.
FILED_UNDER = Keys("township_code", "community_code", "grid_code", "lead_unit", "category", "reported_by")

INDEXES = (
    # None for `lead_unit` and `grid` alone: `case_lead_reported` begins with the one, nobody asks for the
    # other.
    # Of all cases, for the search: those that have ended have no running limit and lie at its end.
    models.Index("stage_due_at", "id", name="case_due"),
    models.Index(
        "holder_unit",
        "stage_due_at",
        "id",
        name="case_open_holder",
        condition=Q(ended_at__isnull=True),
        include=["status", "assignee", "township_code", "category"],
    ),
    models.Index("lead_unit", "stage_due_at", "id", name="case_open_lead", condition=Q(ended_at__isnull=True)),
    models.Index("assignee", "stage_due_at", "id", name="case_open_assignee", condition=Q(ended_at__isnull=True)),
    models.Index(
        "township_code",
        "stage_due_at",
        "id",
        name="case_open_township",
        condition=Q(ended_at__isnull=True),
        include=["status", "category"],
    ),
    models.Index("status", "stage_due_at", "id", name="case_status"),
    models.Index("channel", "reported_at", "id", name="case_channel"),
    models.Index("reported_at", "id", name="case_urgent", condition=Q(is_urgent=True)),
    models.Index("reported_at", "id", name="case_simulated", condition=Q(is_simulated=True)),
    models.Index("reported_at", "id", name="case_reported"),
    models.Index(fields=["ended_at"], name="case_ended", condition=Q(ended_at__isnull=False)),
    models.Index("township_code", "reported_at", "id", name="case_township_reported"),
    models.Index("lead_unit", "reported_at", "id", name="case_lead_reported"),
    models.Index("community_code", "reported_at", name="case_community_reported"),
    models.Index("grid_code", "reported_at", name="case_grid_reported"),
    models.Index(fields=["warn_at"], name="case_to_warn", condition=Q(ended_at__isnull=True, warn_at__isnull=False)),
    models.Index(fields=["suspended_until"], name="case_to_resume", condition=Q(suspended_until__isnull=False)),
    GistIndex(fields=["place"], name="case_place"),
    GistIndex(fields=["place"], name="case_open_place", condition=Q(ended_at__isnull=True)),
    # The keys beside the words take a seventh of it, and make what is common elsewhere rare here (ADR 35).
    GinIndex(F("search"), FILED_UNDER, name="case_search"),
    # Most words are said when a case is handled, so among all cases they are common, and among open ones rare.
    GinIndex(Coalesce("search", "search"), name="case_open_search", condition=Q(ended_at__isnull=True)),
    *_OF_THE_FEW,
)
