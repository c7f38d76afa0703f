"""Dockets as the workspace shows them: on the page of a case, as a page, and in lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.cases.public import Case, Evidence, time_left_of
from onegrid.catalogue.public import catalogue
from onegrid.core.durations import clock_words, spoken
from onegrid.dispatch.public import (
    Argument,
    Dispute,
    DisputeReason,
    Docket,
    PartyRole,
    docket,
    dockets_of,
    open_disputes,
    precedents,
    precedents_for,
)
from onegrid.units.public import directory
from onegrid.workspace.readers.case_parts import Figure, figures
from onegrid.workspace.rules.clockface import Face, face
from onegrid.workspace.rules.moments import said

NOT_OURS = frozenset({PartyRole.DISPUTES.value, PartyRole.RETURNED.value})


@dataclass(frozen=True, kw_only=True)
class DocketLine:
    """One docket in a few words: of which case, who says what, its clock, what was decided."""

    url: str
    number: int
    case: Case
    kind: str
    reason: str
    unit: str
    claimed: str
    opened: str
    clock: Face
    decided: str
    decided_unit: str
    ruling: str
    is_open: bool


@dataclass(frozen=True, kw_only=True)
class Speech:
    """What one unit said, who said it for it and when, with what it showed."""

    unit: str
    who: str
    moment: str
    text: str
    figure: Figure | None = None


@dataclass(frozen=True, kw_only=True)
class Side:
    """One side of a docket: the units on it, each with why it has a say, and what they said."""

    units: Sequence[tuple[str, str]]
    speeches: Sequence[Speech]


@dataclass(frozen=True, kw_only=True)
class RuleLine:
    """A routing rule made of a docket."""

    code: str
    reason: str
    holds: str


@dataclass(frozen=True, kw_only=True)
class DocketPage:
    """Everything the page of a docket shows."""

    docket: Docket
    line: DocketLine
    sides: tuple[Side, Side]
    decided_by: str
    was_late: bool
    rules: Sequence[RuleLine]


def docket_lines(case: Case, *, at: datetime) -> list[DocketLine]:
    """Return the dockets of a case, the newest first. One statement."""
    return [line_of(dispute, case=case, at=at) for dispute in dockets_of(case)]


def open_lines(*, by: User, at: datetime, after: str) -> tuple[list[DocketLine], str]:
    """Return the open dockets that somebody sees, soonest due first, and where the list goes on. One statement."""
    found = open_disputes(by=by, after=after)
    return [line_of(dispute, case=dispute.case, at=at) for dispute in found.rows], found.next_after


def precedent_lines(*, category: str, by: User, at: datetime, after: str) -> tuple[list[DocketLine], str]:
    """Return what was decided before about a category, the newest first, and where the list goes on. One statement."""
    found = precedents(category=category, by=by, after=after)
    return [line_of(dispute, case=dispute.case, at=at) for dispute in found.rows], found.next_after


def precedents_like(case: Case, *, by: User, at: datetime) -> list[DocketLine]:
    """Return a few of the newest decisions about matters like a case's. Two statements at most."""
    return [line_of(dispute, case=dispute.case, at=at) for dispute in precedents_for(case, by=by)]


def docket_page(case: Case, number: int, *, by: User, at: datetime) -> DocketPage:
    """
    Return a docket of a case for one person, in five statements.

    :raises DisputeNotFoundError: if the case has none of this number.
    """
    found = docket(case, number, by=by)
    shown = {argument.evidence_id for argument in found.arguments if argument.evidence_id}
    pieces = {piece.id: piece for piece in figures(list(Evidence.objects.filter(pk__in=shown)), at=at)} if shown else {}
    dispute = found.dispute
    return DocketPage(
        docket=found,
        line=line_of(dispute, case=case, at=at),
        sides=_sides(found, pieces, at=at),
        decided_by=dispute.decided_by_name,
        was_late=bool(dispute.decided_at and dispute.due_at and dispute.decided_at > dispute.due_at),
        rules=[
            RuleLine(code=rule.code, reason=rule.reason, holds=holds(rule.opens_on, rule.closes_on))
            for rule in found.rules
        ],
    )


def line_of(dispute: Dispute, *, case: Case, at: datetime) -> DocketLine:
    """Return a docket in a few words; while it is open its clock is that of the case's stage."""
    kind, language, now = catalogue().by_code.get(dispute.category_code), get_language() or "", localtime(at)
    return DocketLine(
        url=reverse("workspace:docket", args=[case.number, dispute.number]),
        number=dispute.number,
        case=case,
        kind=kind.trailed(language) if kind else dispute.category_code,
        reason=str(DisputeReason(dispute.reason).label),
        unit=unit_named(dispute.unit_id),
        claimed=unit_named(dispute.claimed_unit_id),
        opened=said(localtime(dispute.opened_at), now=now),
        clock=_clock(dispute, case, at=at),
        decided=said(localtime(dispute.decided_at), now=now) if dispute.decided_at else "",
        decided_unit=unit_named(dispute.decided_unit_id),
        ruling=dispute.ruling,
        is_open=dispute.decided_at is None,
    )


def unit_named(unit_id: UUID | None) -> str:
    """Return what a unit is called in the reader's language; nothing for none."""
    unit = directory().by_id.get(unit_id) if unit_id else None
    return unit.named(get_language() or "") if unit else ""


def _clock(dispute: Dispute, case: Case, *, at: datetime) -> Face:
    words = {**clock_words(), "none": _("no limit")}
    if dispute.decided_at is None:
        return face(
            started_at=dispute.opened_at, yellow_at=case.stage_yellow_at, due_at=case.stage_due_at, now=at,
            words=words, left=time_left_of(case, now=at),
        )  # fmt: skip
    took = _("decided after %(time)s") % {"time": spoken(dispute.decided_at - dispute.opened_at)}
    return face(started_at=dispute.opened_at, due_at=dispute.due_at, now=at, words=words, ended=took)


def _sides(found: Docket, pieces: dict[UUID, Figure], *, at: datetime) -> tuple[Side, Side]:
    left = {party.unit_id for party in found.parties if party.role in NOT_OURS}
    said_first = [_opening(found.dispute, at=at)] if found.dispute.unit_id else []
    speeches: tuple[list[Speech], list[Speech]] = (said_first, [])
    for argument in found.arguments:
        speeches[argument.unit_id not in left].append(_speech(argument, pieces, at=at))
    units: tuple[list[tuple[str, str]], list[tuple[str, str]]] = ([], [])
    for party in found.parties:
        name = unit_named(party.unit_id)
        units[party.unit_id not in left].append((name, str(PartyRole(party.role).label)))
    return Side(units=units[0], speeches=speeches[0]), Side(units=units[1], speeches=speeches[1])


def _opening(dispute: Dispute, *, at: datetime) -> Speech:
    return Speech(
        unit=unit_named(dispute.unit_id),
        who=dispute.opened_by_name,
        moment=said(localtime(dispute.opened_at), now=localtime(at)),
        text=dispute.words,
    )


def _speech(argument: Argument, pieces: dict[UUID, Figure], *, at: datetime) -> Speech:
    return Speech(
        unit=unit_named(argument.unit_id),
        who=argument.by_name,
        moment=said(localtime(argument.at), now=localtime(at)),
        text=argument.text,
        figure=pieces.get(argument.evidence_id) if argument.evidence_id else None,
    )


def holds(opens_on: date, closes_on: date | None) -> str:
    """Return from when to when a rule holds, in words."""
    words = {"from": date_format(opens_on, _("j F Y")), "to": date_format(closes_on, _("j F Y")) if closes_on else ""}
    return _("from %(from)s, ends on %(to)s") % words if closes_on else _("since %(from)s") % words
