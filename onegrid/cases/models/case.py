"""A case: one reported matter on its way from report to closing (GB/T 30428: 案件)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from typing import NamedTuple, Self
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from onegrid.accounts.public import User, duties_granting
from onegrid.cases.models.case_indexes import FILED_UNDER, INDEXES
from onegrid.cases.models.channel import Channel
from onegrid.cases.models.seen import AREA_COLUMN, Known, areas_seen, known_orders, seen_by_area
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


def seen_besides(user: User) -> Q:
    """
    Return which cases somebody sees wherever they lie: their own, and those of their units.

    Those are what a unit leads, holds or supports, and what it is heard on for the time being.
    """
    return reduce(or_, (besides.where for besides in _besides(user)))


class Chosen(NamedTuple):
    """By what cases are chosen: a condition, the keys of `FILED_UNDER` that say the same, the orders of an index."""

    where: Q
    keys: tuple[str, ...] = ()
    known: Known = Known.NONE


def _besides(user: User) -> list[Chosen]:
    own, units = Chosen(Q(reported_by=user), (str(user.pk),)), units_seen(user)
    if not units:
        return [own]
    led = Chosen(Q(lead_unit__in=units), tuple(map(str, units)), Known.EVERY if len(units) == 1 else Known.NONE)
    supported = Case.objects.filter(tasks__unit__in=units).values("pk")
    heard = Case.objects.filter(hearings__unit__in=units, hearings__ended_at__isnull=True).values("pk")
    among = Q(OneOf(F("pk"), ArraySubquery(supported))) | Q(OneOf(F("pk"), ArraySubquery(heard)))
    return [led, own, Chosen(Q(holder_unit__in=units) | among)]


def units_seen(user: User) -> set[UUID]:
    """Return the units whose cases somebody sees wherever they lie."""
    return {duty.unit_id for duty in duties_granting(user, "cases.view_unit")}


def _place(level: Level | None, code: str) -> list[Chosen]:
    column = AREA_COLUMN.get(level) if level else None
    return [Chosen(Q(**{column: code}), (code,))] if column else []


class _Overlaps(Func):
    template, arg_joiner, output_field = "%(expressions)s", " && ", models.BooleanField()


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User, *, level: Level | None = None, code: str = "") -> Self:
        """
        Those that the user's duties let them see; where an area is named, only those in it.

        `cases.view` opens an area with everything inside it; `cases.view_unit`
        what the unit leads, holds, supports or is heard on; a reporter sees their own.
        """
        by_area = seen_by_area(user, level=level, code=code)
        found = self.filter(*(place.where for place in _place(level, code)))
        return found if by_area is None else found.filter(by_area | seen_besides(user))

    def visible_in_parts(
        self,
        user: User,
        *,
        level: Level | None = None,
        code: str = "",
        held_by: Collection[UUID] | None = None,
        by_words: bool = False,
    ) -> "list[Seen]":
        """
        The same in parts that have nothing in common, for who reads the beginning of each in some order.

        Of the whole, which is an OR, PostgreSQL would look through everybody's cases until it has found enough, or
        gather all of it and sort. Where units are named, only what they hold: if they are those whose cases `user` sees
        anyway, that is the whole condition. What somebody sees besides areas is divided `by_words` only, for their
        index.

        `stands` is where a case stands, for conditions: what somebody sees besides is gathered by indexes of its own,
        and few enough that to lay the index of everybody's statuses over them takes longer than to look at each.
        """
        place = _place(level, code)
        found: CaseQuerySet = self.alias(stands=F("status"))
        units = units_seen(user)
        if held_by is not None:
            found = found.filter(holder_unit__in=held_by)
            if units.issuperset(held_by):
                return [Seen(found, place, Known.EVERY)]
        there, known = seen_by_area(user, level=level, code=code), known_orders(user, level=level, code=code)
        if there is None:
            return [Seen(found, place, known)]
        parts, besides = [], found.alias(stands=Unindexed("status"))
        if there:
            keys = tuple(area for _level, area in areas_seen(user, level=level, code=code) or ())
            parts, besides = [Seen(found, [*place, Chosen(there, keys)], known)], besides.exclude(there)
        if not by_words:
            # Besides an area there is next to nothing, and PostgreSQL would walk through everything to find that out.
            return [*parts, Seen(besides, [*place, Chosen(seen_besides(user))], Known.NONE if there else Known.EVERY)]
        for each in _besides(user):
            known = Known.NONE if there else each.known
            parts.append(Seen(besides, [*place, each], known, are_few=not each.keys))
            besides = besides.exclude(each.where)
        return parts

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

    def filed_under(self, keys: Collection[str]) -> Self:
        """
        Those that have one of some keys: of the areas they lie in, who leads or reported them, their category.

        By codes of areas and keys of the others, as the index of words has them: words that are common elsewhere then
        find at once what is here. It says no more than conditions that say the same of the columns.
        """
        return self.filter(_Overlaps(FILED_UNDER, RawSQL("%s::text[]", [list(keys)])))

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


class Seen(NamedTuple):
    """Some of the cases that somebody sees: by what they are chosen, in which orders an index has them, if few."""

    others: CaseQuerySet
    chosen: Sequence[Chosen]
    known: Known = Known.NONE
    are_few: bool = False

    def cases(self) -> CaseQuerySet:
        """Return them, along the indexes of what they are chosen by."""
        return self.others.filter(*(each.where for each in self.chosen))

    def by_keys(self) -> CaseQuerySet:
        """Return them by the keys that the index of words has, and nothing that would lay another index over it."""
        found = self.others.filter(*(each.where for each in self.chosen if not each.keys))
        for each in self.chosen:
            found = found.filed_under(each.keys) if each.keys else found
        return found


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
        indexes = INDEXES

    def __str__(self) -> str:
        return self.number

    @property
    def counted_due_at(self) -> datetime | None:
        """The moment after which it ends late: the due moment of the whole, or one that had passed before it moved."""
        return self.passed_due_at or self.due_at
