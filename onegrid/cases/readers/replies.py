"""The reply templates, held in memory: which fit a step on a case, filled in for it; and who may change which."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.accounts.public import User, duties_granting, has_permission, live_duties
from onegrid.cases.models import Case, ReplyStep, ReplyTemplate
from onegrid.cases.rules.replies import SNAPSHOT, filled
from onegrid.catalogue.public import catalogue
from onegrid.core.names import in_language
from onegrid.core.snapshots import Snapshot
from onegrid.geography.public import Level
from onegrid.units.public import directory

EDIT, EDIT_UNIT = "cases.edit_templates", "cases.edit_unit_templates"


@dataclass(frozen=True, kw_only=True, slots=True)
class ReplyEntry:
    """One template as it stands."""

    id: UUID
    step: ReplyStep
    category_code: str
    unit_id: UUID | None
    name: str
    name_en: str
    text: str
    text_en: str
    position: int
    changed_at: datetime | None

    def named(self, language: str) -> str:
        """Return its name in the reader's language."""
        return in_language(language, self.name, self.name_en)

    def worded(self, language: str) -> str:
        """Return its text in the reader's language."""
        return in_language(language, self.text, self.text_en)


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One template filled in for a case."""

    id: UUID
    name: str
    text: str


def _build() -> tuple[ReplyEntry, ...]:
    rows = ReplyTemplate.objects.filter(ended_at__isnull=True).order_by("position", "name", "pk")
    return tuple(
        ReplyEntry(
            id=row.pk,
            step=ReplyStep(row.step),
            category_code=row.category_code,
            unit_id=row.unit_id,
            name=row.name,
            name_en=row.name_en,
            text=row.text,
            text_en=row.text_en,
            position=row.position,
            changed_at=row.changed_at,
        )
        for row in rows
    )


_snapshot = Snapshot(SNAPSHOT, _build)


def replies() -> Sequence[ReplyEntry]:
    """Return every template as it stands now, from memory."""
    return _snapshot.get()


def replies_for(step: ReplyStep, case: Case, *, by: User) -> list[Reply]:
    """
    Return the templates that fit a step on a case, filled in, the closest first.

    One's own unit's come before the district's, and those of a narrower category before those for all.
    """
    kind = catalogue().by_id.get(case.category_id) if case.category_id else None
    code, language = f"{kind.code}." if kind else "", get_language() or ""
    units = {duty.unit_id for duty in live_duties(by)}
    fitting = [
        entry
        for entry in replies()
        if entry.step == step
        and (entry.unit_id is None or entry.unit_id in units)
        and (not entry.category_code or code.startswith(f"{entry.category_code}."))
    ]
    fitting.sort(key=lambda entry: (entry.unit_id is None, -len(entry.category_code), entry.position))
    values = _values(case, language)
    return [
        Reply(id=entry.id, name=entry.named(language), text=filled(entry.worded(language), values)) for entry in fitting
    ]


def may_edit_reply(user: User, unit_id: UUID | None) -> bool:
    """Tell whether somebody may change the templates of a unit, or with none those of the whole district."""
    if unit_id is None:
        return any(duty.area.level == Level.DISTRICT for duty in duties_granting(user, EDIT))
    unit = directory().by_id.get(unit_id)
    if unit is None:
        return False
    own = (unit.id,)
    return has_permission(user, EDIT, area_path=unit.area_path, unit_ids=own) or has_permission(
        user, EDIT_UNIT, area_path=unit.area_path, unit_ids=own
    )


def units_to_write_for(user: User) -> list[UUID]:
    """Return the units whose templates somebody may change: their own, and those in their area."""
    return [unit.id for unit in directory().by_code.values() if may_edit_reply(user, unit.id)]


def _values(case: Case, language: str) -> dict[str, str]:
    kind = catalogue().by_id.get(case.category_id) if case.category_id else None
    unit_id = case.lead_unit_id or case.holder_unit_id
    unit = directory().by_id.get(unit_id) if unit_id else None
    due = case.due_at or case.stage_due_at
    return {
        "number": case.number,
        "category": kind.named(language) if kind else "",
        "place": case.address or f"{case.township_name}{case.grid_name}",
        "unit": unit.named(language) if unit else "",
        "due": moment(localtime(due)) if due else "",
    }


def moment(at: datetime) -> str:
    """Return a moment with its full date, as replies say it."""
    # Translators: a moment in a reply to a reporter, e.g. 2026-11-24 17:00
    return _("%(year)s-%(month)s-%(day)s %(time)s") % {
        "year": f"{at:%Y}", "month": f"{at:%m}", "day": f"{at:%d}", "time": f"{at:%H:%M}",
    }  # fmt: skip
