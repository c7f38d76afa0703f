"""What a step offers to choose from: likely categories, fitting units with the reason, cases near by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.cases.public import Case, Status, near
from onegrid.catalogue.public import CategoryEntry, catalogue
from onegrid.core.fields import Point
from onegrid.dispatch.public import may_lead, route
from onegrid.geography.public import meters_between
from onegrid.units.public import UnitEntry, directory
from onegrid.workspace.rules.moments import said

SUGGESTED = 8


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One category to choose, with the condition under which it is filed."""

    code: str
    name: str
    condition: str
    proof: bool


@dataclass(frozen=True, kw_only=True)
class Lead:
    """One unit to choose, with the reason for it, or why it cannot be."""

    code: str
    name: str
    reason: str
    is_suggested: bool = False
    is_refused: bool = False


@dataclass(frozen=True, kw_only=True)
class Near:
    """One open case near by."""

    number: str
    title: str
    about: str


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What one step offers; what it does not ask is empty."""

    kinds: Sequence[Kind] = ()
    groups: Sequence[tuple[str, list[tuple[str, str]]]] = ()
    leads: Sequence[Lead] = ()
    units: Sequence[str] = ()
    support: Sequence[str] = ()
    near: Sequence[Near] = ()


def choices_for(name: str, case: Case, *, find: str, by: User, at: datetime) -> Choices:
    """Return what a step on a case offers."""
    if name in {"file", "recategorize", "solve-on-the-spot"}:
        current = catalogue().by_id.get(case.category_id) if case.category_id else None
        text = find or f"{case.title} {case.description}"
        return Choices(kinds=kinds_like(text, current=current, is_search=bool(find)), groups=groups())
    if name in {"merge", "link", "adopt"}:
        return Choices(near=near_cases(case.place, besides=case, by=by, at=at))
    return _units(case, at=at) if name == "dispatch" else Choices()


def kinds_like(text: str, *, current: CategoryEntry | None = None, is_search: bool = False) -> list[Kind]:
    """Return the categories that fit a text best; the present one first, unless somebody searches."""
    found = catalogue().search(text, limit=SUGGESTED)
    if current and not is_search:
        newest = catalogue().by_code.get(current.code, current)
        found = [newest, *(entry for entry in found if entry.code != newest.code)]
    return [_kind(entry) for entry in found[:SUGGESTED] if entry.is_leaf]


def present_code(case: Case) -> str:
    """Return the code of the category that a case has already, if cases are still filed under it."""
    present = catalogue().by_id.get(case.category_id) if case.category_id else None
    newest = catalogue().by_code.get(present.code) if present else None
    return newest.code if newest and newest.is_leaf else ""


def _kind(entry: CategoryEntry) -> Kind:
    language = get_language() or ""
    is_english = language.startswith("en") and bool(entry.filing_condition_en)
    return Kind(
        code=entry.code,
        name=entry.trailed(language),
        condition=entry.filing_condition_en if is_english else entry.filing_condition,
        proof=bool(entry.proof),
    )


def groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return every leaf under the names of its group, for the typed way to any of them."""
    language, kinds = get_language() or "", catalogue()
    found: dict[str, list[tuple[str, str]]] = {}
    for leaf in kinds.leaves():
        parent = kinds.by_code.get(leaf.parent_code)
        found.setdefault(parent.trailed(language) if parent else "–", []).append((leaf.code, leaf.named(language)))
    return list(found.items())


def near_cases(place: Point, *, by: User, at: datetime, besides: Case | None = None) -> list[Near]:
    """Return open cases close to a place."""
    now = localtime(at)
    about = _("%(meters)d m away, %(status)s, reported %(moment)s")
    return [
        Near(
            number=case.number,
            title=case.title,
            about=about
            % {
                "meters": round(meters_between(place, case.place)),
                "status": Status(case.status).label,
                "moment": said(localtime(case.reported_at), now=now),
            },
        )
        for case in near(place, by=by, besides=besides.pk if besides else None)
    ]


def _units(case: Case, *, at: datetime) -> Choices:
    kind = catalogue().by_id.get(case.category_id) if case.category_id else None
    language, units = get_language() or "", directory()
    here = [unit for unit in units.by_code.values() if f"{case.area_path}/".startswith(f"{unit.area_path}/")]
    here.sort(key=lambda unit: (-len(unit.area_path), unit.code))
    names = [unit.named(language) for unit in here]
    if kind is None:
        return Choices(units=names)
    going = route(category=kind, area_path=case.area_path, level=case.level, at=at)
    leads: list[Lead] = []
    if going.lead:
        name = going.lead.named(language)
        leads = [Lead(code=going.lead.code, name=name, reason=going.reason, is_suggested=True)]
    offered = {going.lead.code} if going.lead else set()
    same = [unit for unit in here if unit.function in set(kind.lead.values()) and unit.code not in offered]
    leads += [_other(unit, kind, at=at) for unit in same[:4]]
    return Choices(leads=leads, units=names, support=[unit.named(language) for unit in going.support])


def _other(unit: UnitEntry, kind: CategoryEntry, *, at: datetime) -> Lead:
    language = get_language() or ""
    day = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    if may_lead(unit, category=kind, on=day):
        reason = _("The catalogue names its function for this category.")
        return Lead(code=unit.code, name=unit.named(language), reason=reason)
    reason = _("This category is not admitted to grid workers.")
    return Lead(code=unit.code, name=unit.named(language), reason=reason, is_refused=True)
