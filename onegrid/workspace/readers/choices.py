"""What a step offers to choose from: likely categories, fitting units with the reason, cases near by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django_stubs_ext import StrPromise

from onegrid.accounts.public import User
from onegrid.cases.public import Case
from onegrid.catalogue.public import CategoryEntry, catalogue
from onegrid.core.names import in_language
from onegrid.dispatch.public import Route, may_lead, route
from onegrid.triage.public import Confidence, suggest, text_of
from onegrid.units.public import UnitEntry, directory
from onegrid.workspace.readers.near import Near, near_case

SUGGESTED = 8
READ = 2000  # characters of a text that are searched with
Text = str | StrPromise
SURE: Mapping[Confidence, Text] = {
    Confidence.VERY_LIKELY: gettext_lazy("very likely"),
    Confidence.POSSIBLE: gettext_lazy("possible"),
    Confidence.UNSURE: gettext_lazy("unsure"),
}


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One category to choose, with the condition under which it is filed."""

    code: str
    name: str
    condition: str
    proof: bool
    sure: Text = ""
    percent: str = ""
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class Lead:
    """One unit to choose, with the reason for it, or why it cannot be."""

    code: str
    name: str
    reason: str
    is_suggested: bool = False
    is_refused: bool = False


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
        near = near_case(case, by=by, at=at) if name == "file" else ()
        return Choices(kinds=kinds_like(said_in(case), find=find, current=current), groups=groups(), near=near)
    if name == "accept":
        return Choices(kinds=suggested_kinds(said_in(case)), near=near_case(case, by=by, at=at))
    if name in {"merge", "link", "adopt"}:
        return Choices(near=near_case(case, by=by, at=at))
    return _units(case, at=at) if name in {"dispatch", "dispute", "settle"} else Choices()


def said_in(case: Case) -> str:
    """Return the text of a case that suggestions are made from."""
    return text_of(title=case.title, description=case.description)


def kinds_like(text: str, *, find: str = "", current: CategoryEntry | None = None) -> list[Kind]:
    """
    Return the categories to choose from: what a search finds, or else what fits the text.

    The present or chosen category comes first, so that no list takes a choice away. Unless somebody searches, what
    is suggested follows, with how sure that is and why; then what else the catalogue finds.
    """
    kinds = [_kind(entry) for entry in catalogue().search(find, limit=SUGGESTED)] if find else suggested_kinds(text)
    newest = catalogue().by_code.get(current.code, current) if current else None
    if newest and newest.is_leaf:
        present = [kind for kind in kinds if kind.code == newest.code] or [_kind(newest)]
        kinds = [*present, *(kind for kind in kinds if kind.code != newest.code)]
    listed = {kind.code for kind in kinds}
    found = [] if find else catalogue().search(text[:READ], limit=SUGGESTED)
    return [*kinds, *(_kind(entry) for entry in found if entry.code not in listed)][:SUGGESTED]


def chosen_kind(code: str) -> CategoryEntry | None:
    """Return the category somebody has chosen in a form, if there is one of this code."""
    return catalogue().by_code.get(code)


def suggested_kinds(text: str) -> list[Kind]:
    """Return what a text may mean, with how sure that is and the words that spoke for it."""
    return [
        _kind(
            found.entry,
            sure=SURE[found.confidence],
            percent="" if found.share is None else f"{min(round(found.share * 100), 99)} %",
            because=_(", ").join(found.because),
        )
        for found in suggest(text)
    ]


def present_code(case: Case) -> str:
    """Return the code of the category that a case has already, if cases are still filed under it."""
    present = catalogue().by_id.get(case.category_id) if case.category_id else None
    newest = catalogue().by_code.get(present.code) if present else None
    return newest.code if newest and newest.is_leaf else ""


def _kind(entry: CategoryEntry, *, sure: Text = "", percent: str = "", because: str = "") -> Kind:
    language = get_language() or ""
    return Kind(
        code=entry.code,
        name=entry.trailed(language),
        condition=in_language(language, entry.filing_condition, entry.filing_condition_en),
        proof=bool(entry.proof),
        sure=sure,
        percent=percent,
        because=because,
    )


def groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return every leaf under the names of its group, for the typed way to any of them."""
    language, kinds = get_language() or "", catalogue()
    found: dict[str, list[tuple[str, str]]] = {}
    for leaf in kinds.leaves():
        parent = kinds.by_code.get(leaf.parent_code)
        found.setdefault(parent.trailed(language) if parent else "–", []).append((leaf.code, leaf.named(language)))
    return list(found.items())


def units_at(case: Case) -> list[str]:
    """Return the names of the units that work where a case lies, those of the smallest area first; from memory."""
    return [unit.named(get_language() or "") for unit in _here(case)]


def _here(case: Case) -> list[UnitEntry]:
    here = [unit for unit in directory().by_code.values() if f"{case.area_path}/".startswith(f"{unit.area_path}/")]
    return sorted(here, key=lambda unit: (-len(unit.area_path), unit.code))


def _units(case: Case, *, at: datetime) -> Choices:
    kind = catalogue().by_id.get(case.category_id) if case.category_id else None
    language, here, names = get_language() or "", _here(case), units_at(case)
    if kind is None:
        return Choices(units=names)
    going = route(category=kind, area_path=case.area_path, level=case.level, at=at)
    leads = _suggested(going)
    offered = {going.lead.code} if going.lead else set()
    same = [unit for unit in here if unit.function in set(kind.lead.values()) and unit.code not in offered]
    leads += [_other(unit, kind, at=at) for unit in same[:4]]
    return Choices(leads=leads, units=names, support=[unit.named(language) for unit in going.support])


def suggested_leads(case: Case, *, at: datetime) -> list[Lead]:
    """Return the unit to which the routing would give a case, if there is one; from memory."""
    kind = catalogue().by_id.get(case.category_id) if case.category_id else None
    return _suggested(route(category=kind, area_path=case.area_path, level=case.level, at=at)) if kind else []


def _suggested(going: Route) -> list[Lead]:
    if going.lead is None:
        return []
    name = going.lead.named(get_language() or "")
    return [Lead(code=going.lead.code, name=name, reason=going.reason, is_suggested=True)]


def _other(unit: UnitEntry, kind: CategoryEntry, *, at: datetime) -> Lead:
    language = get_language() or ""
    day = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    if may_lead(unit, category=kind, on=day):
        reason = _("The catalogue names its function for this category.")
        return Lead(code=unit.code, name=unit.named(language), reason=reason)
    reason = _("This category is not admitted to grid workers.")
    return Lead(code=unit.code, name=unit.named(language), reason=reason, is_refused=True)
