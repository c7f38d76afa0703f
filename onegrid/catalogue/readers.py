"""The catalogue in force, held in memory, and what of it a person may choose."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from onegrid.catalogue.models import Admission, Category, Sensitivity, TimeUnit
from onegrid.catalogue.rules.procedure import Procedure, procedure_from
from onegrid.core.names import in_language
from onegrid.core.search import query_terms, terms
from onegrid.core.snapshots import Snapshot

SNAPSHOT = "catalogue"

# They stand in every sentence and in few names of categories, where they would weigh most of all.
_HOLD_TOGETHER = frozenset({
    "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by",
    "can", "do", "does", "down", "for", "from", "get", "had", "has", "have", "he", "her", "here", "his", "how",
    "i", "if", "in", "is", "it", "its", "just", "me", "more", "my", "no", "not", "now", "of", "off", "on", "or",
    "our", "out", "over", "she", "so", "some", "somebody", "someone", "than", "that", "the", "their", "them",
    "there", "they", "this", "to", "too", "under", "up", "us", "was", "we", "were", "what", "when", "where",
    "which", "who", "will", "with", "you", "your",
})  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class CategoryEntry:
    """One version of a category as the desk, the router and the clock use it."""

    id: UUID
    code: str
    parent_code: str
    name: str
    name_en: str
    trail: str
    trail_en: str
    is_leaf: bool
    version: int
    is_in_force: bool
    filing_condition: str
    filing_condition_en: str
    closing_condition: str
    closing_condition_en: str
    proof: tuple[str, ...]
    limits: Mapping[str, float]
    lead: Mapping[str, str]
    lowest_level: str
    is_urgent: bool
    sensitivity: Sensitivity
    keywords: tuple[str, ...]
    public_may_report: bool
    form: Mapping[str, object]
    procedure: Procedure
    time_unit: TimeUnit

    def named(self, language: str) -> str:
        """Return its name in the reader's language."""
        return in_language(language, self.name, self.name_en)

    def trailed(self, language: str) -> str:
        """Return the names of its group and itself, such as `Roads › Broken manhole`."""
        return in_language(language, self.trail, self.trail_en if self.name_en else "")


@dataclass(frozen=True, kw_only=True, slots=True)
class AdmissionEntry:
    """One decision in the admissions register, as a rule needs it."""

    category_code: str
    decision: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Every version by id, those in force by code, and the admissions."""

    by_id: Mapping[UUID, CategoryEntry]
    by_code: Mapping[str, CategoryEntry]
    children: Mapping[str, tuple[CategoryEntry, ...]]
    admissions: tuple[AdmissionEntry, ...]
    _terms: Mapping[str, frozenset[str]]
    _all_terms: frozenset[str]

    def leaves(self) -> list[CategoryEntry]:
        """Return the categories that take cases, in the order of the pack."""
        return [entry for entry in self.by_code.values() if entry.is_leaf]

    @property
    def terms(self) -> frozenset[str]:
        """All search terms of all categories: the words in which matters are spoken of."""
        return self._all_terms

    def terms_of(self, code: str) -> frozenset[str]:
        """Return the search terms of a category: its names, its group's and its keywords."""
        return self._terms.get(code, frozenset())

    def search(self, text: str, *, limit: int = 8, for_public: bool = False) -> list[CategoryEntry]:
        """
        Return the leaves whose names and keywords share most terms with a text, best first.

        A term weighs the more the fewer categories have it: in “a broken manhole by the school gate”
        the manhole decides. Words that only hold an English sentence together count for nothing.
        """
        wanted = set(query_terms(text)) - _HOLD_TOGETHER
        choice = [entry for entry in self.leaves() if entry.public_may_report or not for_public]
        spread = Counter(term for entry in choice for term in wanted & self._terms[entry.code])
        scored = [(sum(1 / spread[term] for term in wanted & self._terms[entry.code]), entry) for entry in choice]
        best = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])
        return [entry for _, entry in best[:limit]]

    def admission(self, code: str, *, on: date) -> AdmissionEntry | None:
        """Return the decision in force on a day that admits a category or one above it, if any."""
        for entry in self.admissions:
            covers = code == entry.category_code or code.startswith(f"{entry.category_code}.")
            if covers and entry.valid_from <= on and (entry.valid_until is None or on <= entry.valid_until):
                return entry
        return None


def _entry(row: Category, names: Mapping[str, Category]) -> CategoryEntry:
    parent = names.get(row.parent_code)
    return CategoryEntry(
        id=row.pk,
        code=row.code,
        parent_code=row.parent_code,
        name=row.name,
        name_en=row.name_en,
        trail=f"{parent.name} › {row.name}" if parent else row.name,
        trail_en=f"{parent.name_en} › {row.name_en}" if parent else row.name_en,
        is_leaf=row.is_leaf,
        version=row.version,
        is_in_force=row.closes_on is None,
        filing_condition=row.filing_condition,
        filing_condition_en=row.filing_condition_en,
        closing_condition=row.closing_condition,
        closing_condition_en=row.closing_condition_en,
        proof=tuple(row.proof),
        limits=row.limits,
        lead=row.lead,
        lowest_level=row.lowest_level,
        is_urgent=row.is_urgent,
        sensitivity=Sensitivity(row.sensitivity),
        keywords=tuple(row.keywords),
        public_may_report=row.public_may_report,
        form=row.form,
        procedure=procedure_from(row.procedure),
        time_unit=TimeUnit(row.time_unit),
    )


def _build() -> Catalogue:
    rows = list(Category.objects.all())
    names = {row.code: row for row in rows if row.closes_on is None}
    by_id = {row.pk: _entry(row, names) for row in rows}
    by_code = {row.code: by_id[row.pk] for row in rows if row.closes_on is None}
    children: dict[str, list[CategoryEntry]] = {}
    for entry in by_code.values():
        children.setdefault(entry.parent_code, []).append(entry)
    own = {
        entry.code: frozenset(terms(entry.name, entry.name_en, entry.trail, *entry.keywords))
        for entry in by_code.values()
    }
    return Catalogue(
        by_id=by_id,
        by_code=by_code,
        children={code: tuple(entries) for code, entries in children.items()},
        admissions=tuple(
            AdmissionEntry(
                category_code=row.category_code,
                decision=row.decision,
                valid_from=row.valid_from,
                valid_until=row.valid_until,
            )
            for row in Admission.objects.all()
        ),
        _terms=own,
        _all_terms=frozenset().union(*own.values()),
    )


_snapshot = Snapshot(SNAPSHOT, _build)


def catalogue() -> Catalogue:
    """Return the catalogue as it stands now, from memory."""
    return _snapshot.get()
