"""What was promised for a case and how it was kept, explained so that anybody can check the sum."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from onegrid.cases.public import BEFORE_CATEGORY, STAGE_OF, Case, Light, Outcome, Stage, Status, light
from onegrid.catalogue.public import CategoryEntry
from onegrid.core.durations import spoken
from onegrid.core.moments import in_full, spelled_hours


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """The deadline that counts now: the running stage's, or the whole case's once it is over."""

    state: str
    chip: str
    due_at: datetime | None
    since: datetime | None
    sentence: str
    reasons: Sequence[str]
    is_over: bool


def deadline(case: Case, category: CategoryEntry | None, *, language: str, now: datetime) -> Deadline:
    """Return the deadline of a case with its reasons; what is late is said to be late."""
    if case.ended_at is not None:
        return _kept(case, case.ended_at)
    stage = STAGE_OF[Status(case.status)]
    due, began = case.stage_due_at, case.stage_started_at
    return Deadline(
        state=light(started_at=began, yellow_at=case.stage_yellow_at, due_at=due, now=now).value,
        chip="" if due else _("No deadline"),
        due_at=due,
        since=began,
        sentence=_running(stage, due, now),
        reasons=_reasons(case, category, stage=stage, language=language),
        is_over=False,
    )


def _kept(case: Case, ended_at: datetime) -> Deadline:
    due, words = case.due_at, {"due": in_full(case.due_at), "ended": in_full(ended_at)}
    state, chip = Light.NONE, _("It has ended")
    sentence = _("All of it was due by %(due)s; it ended on %(ended)s.") % words
    if case.status == Status.MERGED:
        sentence = _("Since %(ended)s the deadline of the case it was joined with counts.") % words
    elif due is None:
        sentence = _("It ended on %(ended)s; no deadline had been set.") % words
    elif ended_at > due:
        state, chip = Light.RED, _("%s late") % spoken(ended_at - due)
    elif case.status == Status.CLOSED and case.outcome != Outcome.WITHDRAWN:
        chip = _("%s early") % spoken(due - ended_at)
    return Deadline(state=state.value, chip=chip, due_at=None, since=None, sentence=sentence, reasons=(), is_over=True)


def _running(stage: Stage, due: datetime | None, now: datetime) -> str:
    words = {"stage": stage.label, "due": in_full(due)}
    if due is None:
        return _("No limit is set for the step “%(stage)s”.") % words
    if now > due:
        return _("%(stage)s should have been done by %(due)s. It is late by %(late)s.") % {
            **words,
            "late": spoken(now - due),
        }
    return _("%(stage)s will be done by %(due)s.") % words


def _reasons(case: Case, category: CategoryEntry | None, *, stage: Stage, language: str) -> list[str]:
    hours = (category.limits if category else BEFORE_CATEGORY).get(stage.value)
    if not hours or case.stage_due_at != case.stage_started_at + timedelta(hours=hours):
        return []  # brought over with the deadline of an earlier system
    words = {
        "stage": stage.label,
        "began": in_full(case.stage_started_at),
        "due": in_full(case.stage_due_at),
        "limit": spelled_hours(hours),
        "category": category.named(language) if category else "",
        "version": category.version if category else 0,
    }
    rule = (
        _("For “%(category)s” the catalogue (version %(version)d) allows %(limit)s for this step.")
        if category
        else _("As long as its kind is not known, %(limit)s are allowed for this step.")
    )
    reasons = [
        _("The step “%(stage)s” began on %(began)s.") % words,
        rule % words,
        _("Nights, weekends and holidays count, so it is due by %(due)s.") % words,
    ]
    if case.due_at:
        reasons.append(_("All steps together are due by %(due)s.") % {"due": in_full(case.due_at)})
    return reasons
