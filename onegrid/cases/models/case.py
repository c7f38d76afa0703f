"""A case: one reported matter on its way from report to closing (GB/T 30428: 案件)."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Self
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from onegrid.accounts.public import User, duties_granting
from onegrid.cases.models.channel import Channel
from onegrid.cases.models.seen import AREA_COLUMN, knows_order, seen_by_area
from onegrid.cases.states import ENDED, LED, Outcome, Status
from onegrid.core.fields import PointField, SearchField
from onegrid.core.ids import new_id
from onegrid.core.queries import OneOf, Unindexed
from onegrid.core.search import query, query_any
from onegrid.geography.public import Level

# What ended late as a whole; or had been late before its limit was moved.
ENDED_LATE = Q(ended_at__gt=Coalesce("passed_due_at", "due_at"))

# The condition of the index of words of open cases, as nothing else can answer it (`case_open_search`).
_AMONG_OPEN = "COALESCE(cases_case.search, cases_case.search) @@ %s::tsquery"


# Foreign keys that are empty when a case comes in, and mostly stay so: intake does not write into these.
_OF_THE_FEW = tuple(
    models.Index(name, name=f"case_{name}", condition=Q(**{f"{name}__isnull": False}))
    for name in ("assignee", "reported_by", "handled_by", "verified_by", "parent", "merged_into")
)


def seen_besides(user: User) -> Q:
    """
    Return which cases somebody sees wherever they lie: their own, and those of their units.

    Those are what a unit leads, holds or supports, and what it is heard on for the time being.
    """
    seen = Q(reported_by=user)
    if units := _units_seen(user):
        seen |= Q(lead_unit__in=units) | Q(holder_unit__in=units)
        supported = Case.objects.filter(tasks__unit__in=units).values("pk")
        heard = Case.objects.filter(hearings__unit__in=units, hearings__ended_at__isnull=True).values("pk")
        seen |= Q(OneOf(F("pk"), ArraySubquery(supported))) | Q(OneOf(F("pk"), ArraySubquery(heard)))
    return seen


def _units_seen(user: User) -> set[UUID]:
    return {duty.unit_id for duty in duties_granting(user, "cases.view_unit")}


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User, *, level: Level | None = None, code: str = "") -> Self:
        """
        Those that the user's duties let them see; where an area is named, only those in it.

        `cases.view` opens an area with everything inside it; `cases.view_unit`
        what the unit leads, holds, supports or is heard on; a reporter sees their own.
        """
        found, by_area = self._lying_in(level, code), seen_by_area(user, level=level, code=code)
        return found if by_area is None else found.filter(by_area | seen_besides(user))

    def visible_in_parts(
        self, user: User, *, level: Level | None = None, code: str = "", held_by: Collection[UUID] | None = None
    ) -> tuple[list[Self], list[Self]]:
        """
        The same in parts that have nothing in common, for who reads the beginning of each in some order.

        The first have an index in every such order each; the others are gathered first: small areas, and what is seen
        besides areas, by several indexes. Of the whole, which is an OR, PostgreSQL would look through everybody's cases
        until it has found enough, or gather all of it and sort. Where units are named, only what they hold: if they are
        those whose cases `user` sees anyway, that is the whole condition.

        `stands` is where a case stands, for conditions: what somebody sees besides is gathered by indexes of its own,
        and few enough that to lay the index of everybody's statuses over them takes longer than to look at each.
        """
        found = self._lying_in(level, code).alias(stands=F("status"))
        if held_by is not None:
            found = found.filter(holder_unit__in=held_by)
            if _units_seen(user).issuperset(held_by):
                return [found], []
        by_area = seen_by_area(user, level=level, code=code)
        if by_area is None:
            return ([found], []) if knows_order(user, level=level) else ([], [found])
        besides = found.filter(seen_besides(user)).alias(stands=Unindexed("status"))
        if not by_area:
            return [], [besides]
        there, besides = found.filter(by_area), besides.exclude(by_area)
        return ([there], [besides]) if knows_order(user, level=level) else ([], [there, besides])

    def _lying_in(self, level: Level | None, code: str) -> Self:
        column = AREA_COLUMN.get(level) if level else None
        return self.filter(**{column: code}) if column else self

    def open(self) -> Self:
        """Those that nobody has closed, refused or merged."""
        return self.filter(ended_at__isnull=True)

    def public(self) -> Self:
        """Those whose progress anybody may see."""
        return self.filter(is_public=True).exclude(status=Status.MERGED)

    def matching(self, text: str, *, only_shown: bool = False) -> Self:
        """
        Those whose number, text, place and timeline hold all the words of a search.

        With `only_shown` words count that strangers may read, and no others.
        """
        return self._holding("cases_case.search @@ %s::tsquery", query(text, only_shown=only_shown))

    def open_matching(self, text: str) -> Self:
        """
        Those that hold all the words of a search, of open cases, along the index of these.

        What it is made of is written so that nothing else can answer: PostgreSQL would lay the index of all words over
        another one of open cases, for it never lays two over each other that say the same of their rows.
        """
        return self._holding(_AMONG_OPEN, query(text))

    def open_matching_any(self, terms: Iterable[str]) -> Self:
        """Those that hold at least one of some terms, of open cases, along the index of these."""
        return self._holding(_AMONG_OPEN, query_any(terms))

    def _holding(self, condition: str, wanted: str) -> Self:
        if not wanted:
            return self
        return self.filter(RawSQL(condition, [wanted], output_field=models.BooleanField()))  # noqa: S611 — constants

    def walked_for(self, text: str) -> Self:
        """
        The same, for words that many cases hold: looked for case by case in the order of a list, until it is full.

        The index of words would bring every match before the first one is sorted, and
        the planner, which takes words for independent, expects far too few of them.
        """
        # No index can answer this, and the planner expects nearly every case to hold it, so that a walk ends soon.
        condition = "CASE WHEN cases_case.search @@ %s::tsquery THEN 0 END IS NOT NULL"
        return self._holding(condition, query(text))

    def most_urgent_first(self) -> Self:
        """By the due moment of the running stage; cases without one last."""
        return self.order_by(F("stage_due_at").asc(nulls_last=True), "pk")


class Case(models.Model):
    """
    One matter, where it lies, where it stands, who holds it and until when.

    Names of areas are kept as they stood when it was placed; `category` is the
    version it was filed under. `holder_unit` is who must act now: a centre while
    it is accepted, filed, dispatched, verified or closed, the lead unit while it
    is handled. `version` grows with every change and is what two people at once
    are compared by. `link_hash` columns live with the reports, not here.

    `marks` says in short what its clocks are reckoned from (`rules.marks`); the due
    moments, `stage_yellow_at` (80 % of the running limit) and `warn_at` (the next share
    of it to be told about; `warned` is the last, in percent) are reckoned from them
    and kept only so that lists can sort and choose. `passed_due_at` is a due moment of the whole that
    had passed when it was moved, in this round: with it the case ends late whatever it was moved to.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=24)
    category = models.ForeignKey(
        "catalogue.Category", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    answers = models.JSONField(default=dict, blank=True)
    channel = models.CharField(max_length=12, choices=Channel)

    status = models.CharField(max_length=12, choices=Status, default=Status.REPORTED)
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)
    outcome_note = models.TextField(blank=True)

    place = PointField()
    original_x = models.FloatField()
    original_y = models.FloatField()
    original_system = models.CharField(max_length=12)
    accuracy_m = models.FloatField(null=True, blank=True)
    address = models.CharField(max_length=200, blank=True)
    grid = models.ForeignKey("geography.Area", on_delete=models.PROTECT, related_name="+", db_index=False)
    grid_code = models.CharField(max_length=20)
    community_code = models.CharField(max_length=20)
    township_code = models.CharField(max_length=20)
    area_path = models.CharField(max_length=80)
    grid_name = models.CharField(max_length=100)
    community_name = models.CharField(max_length=100)
    township_name = models.CharField(max_length=100)

    level = models.CharField(max_length=10, choices=Level, default=Level.TOWNSHIP)
    lead_unit = models.ForeignKey(
        "units.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    holder_unit = models.ForeignKey("units.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    assignee = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reported_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    handled_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    verified_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    reported_at = models.DateTimeField()
    received_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True, blank=True)
    stage_started_at = models.DateTimeField()
    stage_due_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    passed_due_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    marks = models.JSONField(default=list, db_default=[], blank=True)
    stage_yellow_at = models.DateTimeField(null=True, blank=True)
    suspended_until = models.DateTimeField(null=True, blank=True)
    warn_at = models.DateTimeField(null=True, blank=True)
    warned = models.PositiveSmallIntegerField(default=0, db_default=0)

    report_count = models.PositiveIntegerField(default=1)
    return_count = models.PositiveIntegerField(default=0)
    rework_count = models.PositiveIntegerField(default=0)
    reopen_count = models.PositiveIntegerField(default=0)
    is_urgent = models.BooleanField(default=False)
    is_public = models.BooleanField(default=True)
    is_simulated = models.BooleanField(default=False)

    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children", db_index=False
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="absorbed", db_index=False
    )
    source_key = models.CharField(max_length=120, null=True, blank=True)  # noqa: DJ001 — no key is not an empty one
    search = SearchField(editable=False, default="")
    version = models.PositiveIntegerField(default=1)

    as_found: Mapping[str, str | None] | None = None  # what whoever changes it found; kept by `actions.note_change`

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = (
            # Not `unique` on the fields: Django would add an index for prefixes that nobody asks for, and every case
            # that is not brought in would stand in that of the keys.
            models.UniqueConstraint(fields=["number"], name="case_number_is_its_own"),
            models.UniqueConstraint(
                fields=["source_key"], name="case_is_brought_in_once", condition=Q(source_key__isnull=False)
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="case_status_is_known"),
            models.CheckConstraint(condition=Q(outcome__in=["", *Outcome.values]), name="case_outcome_is_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="case_channel_is_known"),
            models.CheckConstraint(
                condition=Q(status__in=ENDED, ended_at__isnull=False)
                | (~Q(status__in=ENDED) & Q(ended_at__isnull=True)),
                name="case_has_ended_exactly_when_it_says_so",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.CLOSED, Status.REFUSED]) | ~Q(outcome=""),
                name="case_ends_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.MERGED, merged_into__isnull=False)
                | (~Q(status=Status.MERGED) & Q(merged_into__isnull=True)),
                name="case_merged_says_into_which",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        Status.REPORTED,
                        Status.ACCEPTED,
                        Status.CHECKING,
                        Status.REFUSED,
                        Status.MERGED,
                        Status.CLOSED,
                    ]
                )
                | Q(category__isnull=False),
                name="case_filed_has_a_category",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=LED) | Q(lead_unit__isnull=False),
                name="case_dispatched_has_a_lead",
            ),
            # DESIGN §3.6: the one who handles a case cannot verify it.
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | Q(handled_by__isnull=True) | ~Q(verified_by=F("handled_by")),
                name="case_is_not_verified_by_its_handler",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="case_is_not_its_own_parent"),
        )
        indexes = (
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
            models.Index(
                "assignee", "stage_due_at", "id", name="case_open_assignee", condition=Q(ended_at__isnull=True)
            ),
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
            models.Index(
                fields=["warn_at"], name="case_to_warn", condition=Q(ended_at__isnull=True, warn_at__isnull=False)
            ),
            models.Index(fields=["suspended_until"], name="case_to_resume", condition=Q(suspended_until__isnull=False)),
            GistIndex(fields=["place"], name="case_place"),
            GistIndex(fields=["place"], name="case_open_place", condition=Q(ended_at__isnull=True)),
            GinIndex(fields=["search"], name="case_search"),
            # Most words are said when a case is handled, so among all cases they are common, and among open ones rare.
            GinIndex(Coalesce("search", "search"), name="case_open_search", condition=Q(ended_at__isnull=True)),
            *_OF_THE_FEW,
        )

    def __str__(self) -> str:
        return self.number

    @property
    def counted_due_at(self) -> datetime | None:
        """The moment after which it ends late: the due moment of the whole, or one that had passed before it moved."""
        return self.passed_due_at or self.due_at


class LinkKind(models.TextChoices):
    """How two cases belong together without being one."""

    RELATED = "related", _("Related")
    SAME_CAUSE = "same_cause", _("Same cause")


class CaseLink(models.Model):
    """Two cases that somebody said belong together; kept once, the older case first."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    one = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links_to")
    other = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links_from")
    kind = models.CharField(max_length=12, choices=LinkKind, default=LinkKind.RELATED)
    linked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["one", "other"], name="case_link_is_kept_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="case_link_names_the_older_first"),
        )

    def __str__(self) -> str:
        return f"{self.one_id} – {self.other_id}"
