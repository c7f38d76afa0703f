"""The page of one case: its file, made ready to read for one person, with what they can do next."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypedDict
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.accounts.public import User, duties_granting, has_permission, require
from onegrid.cases.public import (
    ALWAYS,
    STAGE_OF,
    TRANSITIONS,
    Case,
    CaseFile,
    CaseNotFoundError,
    Channel,
    Move,
    Outcome,
    Status,
    Visibility,
    case_by_number,
    case_file,
    holder_for,
    last_entry,
    length,
    limits_of,
    missing_proof,
    proof_label,
    terms_of,
    time_left_of,
    why_not_close,
    why_not_disown_as_told,
    why_not_reopen,
    why_not_report_back,
    why_not_verify,
)
from onegrid.catalogue.public import CategoryEntry, answered, catalogue
from onegrid.core.durations import clock_words
from onegrid.core.installation import reopen_window_days
from onegrid.core.names import in_language
from onegrid.dispatch.public import district_of
from onegrid.units.public import directory
from onegrid.workspace.readers.appeals import AppealCard, appeal_cards, appeal_fits, why_no_appeal_now
from onegrid.workspace.readers.case_parts import (
    Entry,
    Figure,
    Tie,
    Who,
    counts,
    entries,
    figures,
    map_shapes,
    reporters,
    ties,
)
from onegrid.workspace.readers.dockets import DocketLine, docket_lines
from onegrid.workspace.readers.more_time import TimeCard, fits, time_card, why_not_now
from onegrid.workspace.readers.progress import StagePoint, progress
from onegrid.workspace.readers.supervision import OrderCard, order_cards, order_fits
from onegrid.workspace.readers.support import TaskLine, task_lines
from onegrid.workspace.readers.verification import Verification, verification
from onegrid.workspace.readers.why import Whys, whys
from onegrid.workspace.rules.clockface import Face, face
from onegrid.workspace.rules.consequences import Prospect, consequence
from onegrid.workspace.rules.moments import dated, said
from onegrid.workspace.rules.small_map import Shape
from onegrid.workspace.rules.steps import Step, label_of, open_steps
from onegrid.workspace.rules.words import CHANNEL_ICONS

SPLIT = "split"


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One step that somebody may take now: its words, where it leads, or why it has to wait."""

    name: str
    label: str
    text: str
    icon: str
    key: str
    url: str
    is_main: bool
    is_quiet: bool
    blocked: str

    @property
    def swaps(self) -> bool:
        """Tell whether its form opens inside the page; a part split off is a new case on a page of its own."""
        return self.name != SPLIT


@dataclass(frozen=True, kw_only=True)
class CasePage:
    """Everything the page of a case shows."""

    case: Case
    url: str
    query: str
    status: str
    trail: str
    category: CategoryEntry | None
    closing_condition: str
    clock: Face
    due: str
    steps: Sequence[StagePoint]
    whys: Whys
    figures: Sequence[Figure]
    verification: Verification | None
    missing: Sequence[str]
    shapes: Sequence[Shape]
    asked: TimeCard | None
    appeals: Sequence[AppealCard]
    orders: Sequence[OrderCard]
    nudges: int
    tasks: Sequence[TaskLine]
    open_tasks: int
    entries: Sequence[Entry]
    last: str
    counts: dict[str, int]
    show: str
    offers: Sequence[Offer]
    reporters: Sequence[Who]
    may_open_reporter: bool
    ties: Sequence[Tie]
    dockets: Sequence[DocketLine]
    holder: str
    lead: str
    channel: str
    channel_icon: str
    others: int
    answers: Sequence[tuple[str, str]]
    reported: str

    @property
    def show_urls(self) -> dict[str, str]:
        """Return where the timeline is narrowed, by what is then shown."""
        glue = "&" if self.query else "?"
        return {show: f"{self.url}{glue}show={show}" for show in SHOWN}

    @property
    def has_quiet(self) -> bool:
        """Tell whether there are steps that stand under “more”."""
        return any(offer.is_quiet for offer in self.offers)

    @property
    def evidence_url(self) -> str:
        """Return where files are added, if this person may."""
        offer = self.offer("evidence")
        return offer.url if offer else ""

    @property
    def picture(self) -> Figure | None:
        """Return the picture that tells most at a glance: the first that can be drawn."""
        return next((figure for figure in self.figures if figure.thumbnail), None)

    def offer(self, name: str) -> Offer | None:
        """Return the step of a name, if this person may take it now."""
        return next((offer for offer in self.offers if offer.name == name and not offer.blocked), None)

    @property
    def may_dispute(self) -> bool:
        """Tell whether this person may say that the case is not their unit's."""
        offer = self.offer("dispute")
        return offer is not None and not offer.blocked


SHOWN = {"public": Visibility.PUBLIC, "internal": Visibility.INTERNAL}


def found(number: str, *, by: User) -> Case:
    """
    Return the case with a number.

    :raises CaseNotFoundError: if there is none that `by` may see.
    """
    case = case_by_number(number, by=by)
    if case is None:
        raise CaseNotFoundError(_("There is no such case, or it is not yours to see."))
    return case


def case_page(case: Case, *, by: User, at: datetime, show: str = "", query: str = "") -> CasePage:
    """
    Return the page of a case for one person.

    `show` narrows the timeline to public or internal entries; `query` names the
    list that the case was opened from, and every address of the page keeps it.
    """
    file, language = case_file(case), get_language() or ""
    kind = catalogue().by_id.get(case.category_id) if case.category_id else None
    shown = [entry for entry in file.timeline if show not in SHOWN or entry.visibility == SHOWN[show]]
    pictures = figures(file.evidence, at=at)
    clock_text = {**clock_words(), "none": _("no limit")}
    return CasePage(
        case=case,
        url=f"{reverse('workspace:case', args=[case.number])}{query}",
        query=query,
        status=str(Status(case.status).label),
        trail=kind.trailed(language) if kind else _("no category yet"),
        category=kind,
        closing_condition=_closing_condition(kind, language),
        clock=face(
            started_at=case.stage_started_at,
            yellow_at=case.stage_yellow_at,
            due_at=case.stage_due_at,
            now=at,
            words=clock_text,
            paused_until=case.suspended_until,
            ended=_ended(case),
            left=time_left_of(case, now=at),
        ),
        due=dated(localtime(case.stage_due_at), now=localtime(at)) if case.stage_due_at else "",
        steps=progress(case, file.timeline, at=at),
        whys=whys(case, file.timeline, at=at),
        figures=pictures,
        verification=verification(file, pictures),
        missing=_missing(file, kind),
        shapes=map_shapes(case),
        asked=time_card(file, at=at),
        appeals=appeal_cards(file, at=at),
        orders=order_cards(file.orders, file.timeline, at=at),
        nudges=file.nudges,
        tasks=task_lines(file.tasks, file.timeline, case=case, by=by, at=at),
        open_tasks=file.open_tasks,
        entries=entries(shown, case=case, at=at),
        last=str(file.timeline[0].pk) if file.timeline else "",
        counts=counts(file),
        show=show,
        offers=offers(file, by=by, at=at, query=query),
        reporters=reporters(file.reports, at=at),
        may_open_reporter=_may(by, "cases.view_reporter", case),
        ties=ties(file.relatives),
        dockets=docket_lines(case, at=at) if any(entry.move == Move.DISPUTE for entry in file.timeline) else (),
        holder=_unit_name(case.holder_unit_id),
        lead=_unit_name(case.lead_unit_id),
        channel=str(Channel(case.channel).label),
        channel_icon=CHANNEL_ICONS[case.channel],
        others=case.report_count - 1,
        answers=answered(kind.form if kind else {}, case.answers, language=language),
        reported=said(localtime(case.reported_at), now=localtime(at)),
    )


def why_shut(name: str, case: Case, *, by: User, at: datetime) -> str:
    """Return why a step cannot be taken now by somebody whose duties allow it; nothing where it can."""
    found = next((offer for offer in offers(case_file(case), by=by, at=at) if offer.name == name), None)
    closed = _("“%(step)s” is not possible for you on this case now.") % {"step": label_of(name)}
    return found.blocked if found else closed


def case_news(case: Case, *, last: str, at: datetime) -> Entry | None:
    """Return the last thing that happened to a case, unless it is the one that was shown. One statement."""
    newest = last_entry(case)
    return entries([newest], case=case, at=at)[0] if newest and str(newest.pk) != last else None


def offers(file: CaseFile, *, by: User, at: datetime, query: str = "") -> list[Offer]:
    """Return the next steps of one person; what a guard forbids for now is shown with the reason."""
    case = file.case
    steps = open_steps(case, may=lambda step: may_take(step, case, by=by), user_id=by.pk)
    return [
        Offer(
            name=step.name,
            label=label_of(step.name),
            text=consequence(step.name, _prospect(case, step)),
            icon=step.icon,
            key=step.key,
            url=f"{reverse('workspace:step', args=[case.number, step.name])}{query}",
            is_main=step.is_main,
            is_quiet=step.is_quiet,
            blocked=_blocked(step, file, by=by, at=at),
        )
        for step in steps
        if fits(step.name, file, by=by) and order_fits(step.name, file) and appeal_fits(step.name, file, by=by)
    ]


class _Over(TypedDict):
    """Over which place and whose work a permission is asked."""

    area_path: str
    unit_ids: Sequence[UUID | None]


def may_take(step: Step, case: Case, *, by: User) -> bool:
    """Tell whether somebody's duties allow a step on a case, as its action will ask."""
    also = bool(step.or_permission) and has_permission(by, step.or_permission, area_path=case.area_path)
    return also or has_permission(by, step.permission, **_asked_over(step, case))


def _asked_over(step: Step, case: Case) -> _Over:
    if step.is_districts:
        return _Over(area_path=district_of(case), unit_ids=())
    units = (case.lead_unit_id,) if step.is_unit_bound else (case.holder_unit_id,)
    return _Over(area_path=case.area_path, unit_ids=units)


def require_step(step: Step, case: Case, *, by: User) -> None:
    """
    Let somebody past whose duties allow a step on a case, whether or not it is open now.

    :raises NotAllowedError: if they do not.
    """
    if not may_take(step, case, by=by):
        require(by, step.permission, **_asked_over(step, case))


def _may(user: User, permission: str, case: Case) -> bool:
    return has_permission(user, permission, area_path=case.area_path, unit_ids=(case.holder_unit_id,))


def _blocked(step: Step, file: CaseFile, *, by: User, at: datetime) -> str:
    case = file.case
    if step.move in {Move.PASS, Move.FAIL}:
        return why_not_verify(
            verifier_id=by.pk,
            verifier_unit_ids={duty.unit_id for duty in duties_granting(by, step.permission)},
            handler_id=case.handled_by_id,
            lead_unit_id=case.lead_unit_id,
        )
    if step.move == Move.REPORT_BACK:
        return why_not_report_back(open_tasks=file.open_tasks)
    if step.move == Move.DISPUTE:
        return why_not_disown_as_told(case, file.timeline)
    if step.move == Move.CLOSE:
        return why_not_close(open_children=file.open_children, open_tasks=file.open_tasks)
    if step.move == Move.REOPEN:
        return why_not_reopen(ended_at=case.ended_at, at=at, window_days=reopen_window_days())
    return why_not_now(step.name, file, by=by, at=at) or why_no_appeal_now(step.name, file, by=by, at=at)


def _prospect(case: Case, step: Step) -> Prospect:
    """Work out who would hold the case after a move, and how long they would have."""
    if step.move is None:
        return Prospect(lead=_unit_name(case.lead_unit_id), reopen_days=reopen_window_days())
    then = copy(case)
    then.status = TRANSITIONS[step.move].target
    stage = STAGE_OF.get(Status(then.status))
    hours = limits_of(case).get(stage.value) if stage else None
    return Prospect(
        holder=_unit_name(holder_for(then)) if stage else "",
        limit=length(timedelta(hours=hours), terms_of(case).counting_of(stage)) if stage and hours else "",
        lead=_unit_name(case.lead_unit_id),
        reopen_days=reopen_window_days(),
        percent=_sampled_percent(case),
    )


def _sampled_percent(case: Case) -> str:
    """Return how many of such cases are drawn for verification; nothing where every one is verified."""
    kind = catalogue().by_id.get(case.category_id) if case.category_id else None
    if kind is None or kind.procedure.verification == ALWAYS:
        return ""
    return f"{kind.procedure.sampled_percent:g}"


def _missing(file: CaseFile, kind: CategoryEntry | None) -> list[str]:
    """Return the proof that reporting back would still lack; of an earlier round only what was before counts."""
    case = file.case
    if kind is None or Status(case.status) not in {Status.DISPATCHED, Status.IN_PROGRESS}:
        return []
    present = {
        f"{piece.purpose}:{piece.kind}"
        for piece in file.evidence
        if not case.rework_count or piece.added_at >= case.stage_started_at or piece.purpose == "before"
    }
    return [proof_label(proof) for proof in missing_proof(demanded=kind.proof, present=present)]


def _ended(case: Case) -> str:
    if case.ended_at is None:
        return ""
    return str(Outcome(case.outcome).label) if case.outcome else str(Status(case.status).label)


def _closing_condition(kind: CategoryEntry | None, language: str) -> str:
    if kind is None:
        return ""
    return in_language(language, kind.closing_condition, kind.closing_condition_en)


def _unit_name(unit_id: object) -> str:
    unit = directory().by_id.get(unit_id) if unit_id else None  # type: ignore[call-overload]  # any key may be asked for
    return unit.named(get_language() or "") if unit else ""
