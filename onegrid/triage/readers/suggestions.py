"""
Which categories a text may mean: the one door for the desk, the round and the public site.

With a trained model its opinion counts; before, and where it knows none of the
words, the catalogue's own. Nothing here is ever applied: a person chooses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onegrid.catalogue.public import Catalogue, CategoryEntry, catalogue
from onegrid.core.search import query_terms, spelled_out
from onegrid.triage.readers.kept import kept_model
from onegrid.triage.rules.confidence import Confidence, confidence
from onegrid.triage.rules.features import READ, features

LEAST = 0.02  # what is less likely is not worth reading
WORDS = 3
CONSIDERED = 24  # of which some may not be for the public, or no longer in force
BASELINE = "catalogue"


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """
    A category that a text may mean, how sure that is, and the words of the text that spoke for it.

    `share` is a measured probability; the catalogue's own words have none.
    """

    entry: CategoryEntry
    confidence: Confidence
    share: float | None
    because: Sequence[str]


def suggest(text: str, *, limit: int = 3, for_public: bool = False) -> list[Suggestion]:
    """Return the likeliest categories, best first; the catalogue's words fill up what the model leaves open."""
    text, known = text[:READ], catalogue()
    learned = _learned(text, known, for_public=for_public)[:limit]
    if len(learned) == limit:
        return learned
    named = {suggestion.entry.code for suggestion in learned}
    plain = baseline(text, limit=limit + len(named), for_public=for_public)
    return [*learned, *(other for other in plain if other.entry.code not in named)][:limit]


def baseline(text: str, *, limit: int = 3, for_public: bool = False) -> list[Suggestion]:
    """Return what names and search words of the catalogue say, from the first start on."""
    known = catalogue()
    found = known.search(text[:READ], limit=limit, for_public=for_public)
    return [
        Suggestion(
            entry=entry,
            confidence=Confidence.UNSURE,  # nobody has measured how often these come true
            share=None,
            because=_words(text, known.terms_of(entry.code)),
        )
        for entry in found
    ]


def kept_for_filing(text: str) -> Mapping[str, object]:
    """Return what is suggested for a text in the form in which the filing keeps it: codes, shares, by which model."""
    kept, found = kept_model(), suggest(text)
    return {
        "by": str(kept.manifest.get("sha256", ""))[:12] if kept else BASELINE,
        "codes": [suggestion.entry.code for suggestion in found],
        "shares": [None if s.share is None else round(s.share, 3) for s in found],
    }


def _learned(text: str, known: Catalogue, *, for_public: bool) -> list[Suggestion]:
    kept = kept_model()
    if kept is None:
        return []
    found = []
    for opinion in kept.model.opinions(features(text), limit=CONSIDERED):
        entry = known.by_code.get(opinion.code)
        if entry and entry.is_leaf and opinion.share >= LEAST and (entry.public_may_report or not for_public):
            because = _words(text, opinion.because)
            sure = confidence(opinion.share)
            found.append(Suggestion(entry=entry, confidence=sure, share=opinion.share, because=because))
    return found


def _words(text: str, terms: frozenset[str]) -> list[str]:
    """Return the words of a text that spoke, the longest first, where single characters say nothing."""
    pairs = terms & set(query_terms(text))
    return sorted(spelled_out(text, pairs), key=lambda word: -len(word))[:WORDS]
