"""Lateness appeals on the screens: what was said on a case, what a head may appeal against, what waits for a review."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.cases.public import (
    AppealState,
    Case,
    CaseFile,
    Late,
    LatenessAppeal,
    Stage,
    appealed_before,
    appeals_for,
    explain_appeal,
    late_among,
    late_facts,
    procedure_of,
    reviewer_words,
    reviewing_duty,
    why_no_appeal,
    why_not_review,
    words_of,
)
from onegrid.units.public import directory
from onegrid.workspace.readers.case_parts import Figure, figures
from onegrid.workspace.readers.why import Why, spelled
from onegrid.workspace.rules.moments import dated, said

WHOLE = "whole"
_COLOURS = {AppealState.SECOND_YES: "g", AppealState.FIRST_NO: "r", AppealState.SECOND_NO: "r"}


@dataclass(frozen=True, kw_only=True)
class Review:
    """One review that was made: which, what it said, who and when, with the reason."""

    heading: str
    who: str
    note: str


@dataclass(frozen=True, kw_only=True)
class AppealCard:
    """An appeal as its case shows it."""

    what: str
    state: str
    colour: str
    reason: str
    who: str
    due: str
    done: str
    next_by: str
    proof: Sequence[Figure]
    reviews: Sequence[Review]
    why: Why | None


@dataclass(frozen=True, kw_only=True)
class AppealLine:
    """An appeal that waits for somebody's review, with the case it is about."""

    number: str
    title: str
    url: str
    what: str
    state: str
    reason: str
    who: str
    asked: str


def appeal_fits(name: str, file: CaseFile, *, by: User) -> bool:
    """Tell whether a step about appeals makes sense: appealing against what was late, reviewing what waits."""
    case = file.case
    if name == "appeal":
        return bool(late_among(case, file.timeline))
    if name == "review-appeal":
        return file.appeal is not None and reviewing_duty(by, file.appeal, area_path=case.area_path) is not None
    return True


def why_no_appeal_now(name: str, file: CaseFile, *, by: User, at: datetime) -> str:
    """Return why a step about appeals has to be left: it was done before, the days are over, or others decide."""
    if name == "appeal" and any(appeal.unit_id == file.case.lead_unit_id for appeal in file.appeals):
        return appealed_before()
    if name == "appeal" and file.case.ended_at:
        return why_no_appeal(procedure_of(file.case), closed_at=file.case.ended_at, at=at)
    return why_not_review(by, file.appeal) if name == "review-appeal" and file.appeal else ""


def appeal_choices(case: Case) -> list[tuple[str, str]]:
    """Return what a unit may appeal against, the whole first. One statement."""
    return [(late.stage.value if late.stage else WHOLE, words_of(late)) for late in late_facts(case)]


def appeal_cards(file: CaseFile, *, at: datetime) -> list[AppealCard]:
    """Return the appeals of a case, oldest first."""
    now = localtime(at)
    return [
        AppealCard(
            what=_what(appeal),
            state=str(AppealState(appeal.state).label),
            colour=_COLOURS.get(AppealState(appeal.state), "y"),
            reason=appeal.reason,
            who=f"{_unit_name(appeal.unit_id)} · {appeal.asked_by.display_name} · {_moment(appeal.asked_at, now)}",
            due=dated(localtime(appeal.due_at), now=now),
            done=dated(localtime(appeal.done_at), now=now),
            next_by=reviewer_words().get(appeal.state, ""),
            proof=figures([piece for piece in file.evidence if piece.pk in appeal.proof], at=at),
            reviews=_reviews(appeal, now),
            why=_why(appeal, file, at=at),
        )
        for appeal in file.appeals
    ]


def waiting_appeals(user: User, *, at: datetime) -> list[AppealLine]:
    """Return what waits for somebody's review, oldest first. One statement."""
    now = localtime(at)
    return [
        AppealLine(
            number=appeal.case.number,
            title=appeal.case.title,
            url=f"{reverse('workspace:step', args=[appeal.case.number, 'review-appeal'])}#step",
            what=_what(appeal),
            state=str(AppealState(appeal.state).label),
            reason=appeal.reason,
            who=f"{_unit_name(appeal.unit_id)} · {appeal.asked_by.display_name}",
            asked=_moment(appeal.asked_at, now),
        )
        for appeal in appeals_for(user)
    ]


def _why(appeal: LatenessAppeal, file: CaseFile, *, at: datetime) -> Why | None:
    told = explain_appeal(appeal, file.case, file.timeline, at=at)
    return spelled(told, at=at) if told else None


def _reviews(appeal: LatenessAppeal, now: datetime) -> list[Review]:
    rows = (
        (_("First review"), appeal.state == AppealState.FIRST_NO, appeal.first_by, appeal.first_at, appeal.first_note),
        (
            _("Second review"), appeal.state == AppealState.SECOND_NO, appeal.second_by, appeal.second_at,
            appeal.second_note,
        ),
    )  # fmt: skip
    return [
        Review(
            heading=f"{name}{_(':')} {_('no') if is_no else _('yes')}",
            who=f"{by.display_name} · {_moment(when, now)}",
            note=note,
        )
        for name, is_no, by, when, note in rows
        if by and when
    ]


def _what(appeal: LatenessAppeal) -> str:
    stage = Stage(appeal.stage) if appeal.stage else None
    return words_of(Late(stage=stage, due_at=appeal.due_at, done_at=appeal.done_at))


def _moment(moment: datetime, now: datetime) -> str:
    return said(localtime(moment), now=now)


def _unit_name(unit_id: object) -> str:
    unit = directory().by_id.get(unit_id)  # type: ignore[call-overload]  # any key may be asked for
    return unit.named(get_language() or "") if unit else ""
