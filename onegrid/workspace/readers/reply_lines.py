"""The reply templates that somebody works with, by step, for the page where they are kept."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language

from onegrid.accounts.public import User, live_duties
from onegrid.cases.public import ReplyEntry, ReplyStep, may_edit_reply, replies
from onegrid.catalogue.public import catalogue
from onegrid.units.public import directory


@dataclass(frozen=True, kw_only=True)
class ReplyLine:
    """One template as the page lists it; `unit` is empty for one of the whole district."""

    id: UUID
    name: str
    text: str
    unit: str
    category: str
    may_edit: bool


def reply_lines(user: User) -> list[tuple[str, list[ReplyLine]]]:
    """Return the templates one is offered or may change, under the names of their steps; from memory."""
    units = {duty.unit_id for duty in live_duties(user)}
    seen = [
        entry
        for entry in replies()
        if entry.unit_id is None or entry.unit_id in units or may_edit_reply(user, entry.unit_id)
    ]
    groups = [(str(step.label), [_line(entry, user) for entry in seen if entry.step == step]) for step in ReplyStep]
    return [(label, lines) for label, lines in groups if lines]


def reply_of(reply_id: UUID, *, by: User) -> ReplyEntry | None:
    """Return a template that somebody may change."""
    return next((entry for entry in replies() if entry.id == reply_id and may_edit_reply(by, entry.unit_id)), None)


def _line(entry: ReplyEntry, user: User) -> ReplyLine:
    language = get_language() or ""
    unit = directory().by_id.get(entry.unit_id) if entry.unit_id else None
    kind = catalogue().by_code.get(entry.category_code) if entry.category_code else None
    return ReplyLine(
        id=entry.id,
        name=entry.named(language),
        text=entry.worded(language),
        unit=unit.named(language) if unit else "",
        category=kind.trailed(language) if kind else entry.category_code,
        may_edit=may_edit_reply(user, entry.unit_id),
    )
