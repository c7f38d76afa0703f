"""Dockets: those of a case, those that are open, and precedents among the decided ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from onegrid.accounts.public import User, duties_granting, has_permission, live_duties
from onegrid.cases.public import Case
from onegrid.catalogue.public import Sensitivity, catalogue
from onegrid.core.errors import NotAllowedError, NotFoundError
from onegrid.core.pagination import PAGE_SIZE, Slice, cursor, place
from onegrid.dispatch.models import Argument, Dispute, Party, RoutingRule
from onegrid.dispatch.permissions import Permission
from onegrid.units.public import UnitEntry, directory

FEW = 5


class DisputeNotFoundError(NotFoundError):
    """The case has no docket of this number."""


@dataclass(frozen=True, kw_only=True)
class Docket:
    """
    One docket with everything that was said in it, and what somebody may do to it.

    `speaks_for` are the units for which they may argue; `why_not_decide` says why they cannot decide it,
    empty if they can.
    """

    case: Case
    dispute: Dispute
    parties: Sequence[Party]
    arguments: Sequence[Argument]
    rules: Sequence[RoutingRule]
    speaks_for: Sequence[UnitEntry]
    why_not_decide: str
    may_invite: bool
    may_make_rule: bool

    @property
    def is_open(self) -> bool:
        """Tell whether it waits for a decision."""
        return self.dispute.decided_at is None


def dockets_of(case: Case) -> list[Dispute]:
    """Return the dockets of a case, the newest first. One statement."""
    return list(Dispute.objects.filter(case=case).order_by("-number"))


def docket(case: Case, number: int, *, by: User) -> Docket:
    """
    Return one docket of a case that somebody sees, in three statements; in four once it is decided.

    :raises DisputeNotFoundError: if the case has none of this number.
    """
    dispute = Dispute.objects.filter(case=case, number=number).first()
    if dispute is None:
        raise DisputeNotFoundError(_("There is no such docket, or it is not yours to see."))
    parties = list(dispute.parties.order_by("named_at", "id"))
    return Docket(
        case=case,
        dispute=dispute,
        parties=parties,
        arguments=list(dispute.arguments.all()),
        rules=list(dispute.rules.order_by("made_at", "id")) if dispute.decided_at else (),
        speaks_for=_speaks_for(dispute, parties, by=by),
        why_not_decide=_why_not_decide(case, dispute, parties, by=by),
        may_invite=dispute.decided_at is None and _is_above(case, Permission.SETTLE, by=by),
        may_make_rule=dispute.decided_at is not None and _is_above(case, Permission.MAKE_RULE, by=by),
    )


def open_disputes(*, by: User, after: str = "", limit: int = PAGE_SIZE) -> Slice[Dispute]:
    """
    Return the open dockets that somebody sees, soonest due first and those without a limit last. One statement.

    While a docket is open its clock is that of the case's stage, which follows calendars and category.

    :raises NotAllowedError: if they neither decide nor argue anywhere.
    :raises UnknownCursorError: if `after` is no place in the list.
    """
    _require_a_say(by)
    found = Dispute.objects.filter(decided_at__isnull=True, case__in=Case.objects.visible_to(by))
    if after:
        moment, pk = place(after, tuple[datetime | None, UUID])
        found = found.filter(_due_after(moment, pk))
    rows = list(found.select_related("case").order_by(F("case__stage_due_at").asc(nulls_last=True), "id")[: limit + 1])
    last = rows[limit - 1] if len(rows) > limit else None
    return Slice(rows=rows[:limit], next_after=cursor(last.case.stage_due_at, last.pk) if last else "")


def precedents(*, category: str = "", by: User, after: str = "", limit: int = PAGE_SIZE) -> Slice[Dispute]:
    """
    Return what was decided before about a category and all below it, the newest first. One statement.

    Of matters that are closed to others only what somebody sees anyway is shown.

    :raises NotAllowedError: if they neither decide nor argue anywhere.
    :raises UnknownCursorError: if `after` is no place in the list.
    """
    _require_a_say(by)
    found = _decided(category, by=by)
    if after:
        moment, pk = place(after, tuple[datetime, UUID])
        found = found.filter(Q(decided_at__lt=moment) | Q(decided_at=moment, pk__lt=pk), decided_at__lte=moment)
    rows = list(found[: limit + 1])
    last = rows[limit - 1] if len(rows) > limit else None
    return Slice(rows=rows[:limit], next_after=cursor(last.decided_at, last.pk) if last else "")


def decided_categories(*, by: User) -> frozenset[str]:
    """
    Return the codes of the categories about which something was decided that somebody may read. One statement.

    :raises NotAllowedError: if they neither decide nor argue anywhere.
    """
    _require_a_say(by)
    return frozenset(_decided("", by=by).order_by().values_list("category_code", flat=True).distinct())


def precedents_for(case: Case, *, by: User) -> list[Dispute]:
    """Return the newest decisions about a case's category, else about its group. One statement or two."""
    kind = catalogue().by_id.get(case.category_id) if case.category_id else None
    if kind is None:
        return []
    same = list(_decided(kind.code, by=by).exclude(case=case)[:FEW])
    return same or list(_decided(kind.parent_code or kind.code, by=by).exclude(case=case)[:FEW])


def _decided(category: str, *, by: User) -> QuerySet[Dispute]:
    found = Dispute.objects.filter(decided_at__isnull=False)
    if category:
        found = found.filter(Q(category_code=category) | Q(category_code__startswith=f"{category}."))
    closed = [entry.code for entry in catalogue().by_code.values() if entry.sensitivity == Sensitivity.CLOSED]
    if closed:
        found = found.filter(~Q(category_code__in=closed) | Q(case__in=Case.objects.visible_to(by)))
    return found.select_related("case").order_by("-decided_at", "-id")


def _due_after(moment: datetime | None, pk: UUID) -> Q:
    """Return what stands after a place in the list of open dockets, in which those without a limit come last."""
    if moment is None:
        return Q(case__stage_due_at__isnull=True, pk__gt=pk)
    later = Q(case__stage_due_at__gt=moment) | Q(case__stage_due_at=moment, pk__gt=pk)
    return later | Q(case__stage_due_at__isnull=True)


def _require_a_say(by: User) -> None:
    if not any(duties_granting(by, permission) for permission in (Permission.SETTLE, Permission.DISPUTE)):
        raise NotAllowedError(_("Your duties do not include disputes."))


def _speaks_for(dispute: Dispute, parties: Sequence[Party], *, by: User) -> list[UnitEntry]:
    if dispute.decided_at:
        return []
    theirs = {duty.unit_id for duty in duties_granting(by, Permission.DISPUTE)}
    return [directory().by_id[party.unit_id] for party in parties if party.unit_id in theirs]


def _why_not_decide(case: Case, dispute: Dispute, parties: Sequence[Party], *, by: User) -> str:
    if dispute.decided_at:
        return _("It has been decided.")
    if not _is_above(case, Permission.SETTLE, by=by):
        return _("The district's command centre decides it.")
    return why_not_above(parties, by=by)


def why_not_above(parties: Iterable[Party], *, by: User) -> str:
    """Return why somebody does not stand above those who argue; nothing if they do."""
    if {party.unit_id for party in parties} & {duty.unit_id for duty in live_duties(by)}:
        return _("You belong to a unit that argues in this docket, so somebody else decides it.")
    return ""


def _is_above(case: Case, permission: Permission, *, by: User) -> bool:
    return has_permission(by, permission, area_path=district_of(case))


def district_of(case: Case) -> str:
    """Return the path of the district in which a case lies: that of those who decide."""
    return case.area_path.split("/", maxsplit=1)[0]
