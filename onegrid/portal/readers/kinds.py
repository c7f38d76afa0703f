"""The kinds of matter a resident may report, by what they wrote and by group."""

from collections.abc import Sequence
from dataclasses import dataclass

from onegrid.catalogue.public import Catalogue, CategoryEntry, Sensitivity, catalogue
from onegrid.core.installation import Elsewhere, handled_elsewhere
from onegrid.triage.public import suggest

SEARCHED = 200  # characters of the text; the first words say what it is
SUGGESTED = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A category as one chooses it."""

    code: str
    name: str
    group: str
    is_chosen: bool
    is_urgent: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """A branch of the catalogue with its kinds."""

    name: str
    kinds: Sequence[Kind]
    groups: Sequence["Group"] = ()


def kinds_like(text: str, *, chosen: str, language: str) -> list[Kind]:
    """Return the kinds that fit what somebody wrote, first the one they have chosen."""
    found = [guess.entry for guess in suggest(text[:SEARCHED], limit=SUGGESTED, for_public=True)]
    picked = reportable(chosen)
    if picked and picked not in found:
        found = [picked, *found[: SUGGESTED - 1]]
    return [_kind(entry, chosen=chosen, language=language) for entry in found]


def not_ours(text: str, *, language: str) -> list[Elsewhere]:
    """Return what of the text others are responsible for, by the words that the pack names."""
    said = text[:SEARCHED].casefold()
    return [entry for entry in handled_elsewhere(language) if any(word in said for word in entry.keywords)]


def all_kinds(*, language: str) -> list[Group]:
    """Return everything that residents may report, by group; what is chosen stands among the suggestions."""
    known = catalogue()
    groups = [_group(known, entry, language=language) for entry in known.children.get("", ())]
    return [group for group in groups if group.kinds or group.groups]


def reportable(code: str) -> CategoryEntry | None:
    """Return a category by its code, if residents may report under it."""
    entry = catalogue().by_code.get(code)
    return entry if entry and entry.is_leaf and entry.public_may_report else None


def is_kept_private(entry: CategoryEntry) -> bool:
    """Tell whether cases of this kind are never shown to the public."""
    return entry.sensitivity == Sensitivity.CLOSED


def _group(known: Catalogue, entry: CategoryEntry, *, language: str) -> Group:
    inside = known.children.get(entry.code, ())
    groups = [_group(known, child, language=language) for child in inside if not child.is_leaf]
    return Group(
        name=entry.named(language),
        kinds=[_kind(child, language=language) for child in inside if child.is_leaf and child.public_may_report],
        groups=[group for group in groups if group.kinds or group.groups],
    )


def _kind(entry: CategoryEntry, *, language: str, chosen: str = "") -> Kind:
    parent = catalogue().by_code.get(entry.parent_code)
    return Kind(
        code=entry.code,
        name=entry.named(language),
        group=parent.named(language) if parent else "",
        is_chosen=entry.code == chosen,
        is_urgent=entry.is_urgent,
    )
