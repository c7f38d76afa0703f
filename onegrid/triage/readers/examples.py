"""What people have filed, as texts with codes to learn from; and what the catalogue says of itself."""

from collections.abc import Iterator

from onegrid.cases.public import Case
from onegrid.catalogue.public import Catalogue, catalogue
from onegrid.triage.rules.features import text_of

Pair = tuple[str, str]
MOST = 200_000  # cases; the newest say best how people file today


def filed_texts(*, with_simulated: bool, most: int = MOST) -> Iterator[Pair]:
    """Yield the text and the code in force of each case that was filed, the newest first. One statement."""
    known = catalogue()
    cases = Case.objects.filter(filed_at__isnull=False, category__isnull=False).order_by("-reported_at", "-pk")
    if not with_simulated:
        cases = cases.filter(is_simulated=False)
    rows = cases.values_list("category_id", "title", "description")[:most]
    for category_id, title, description in rows.iterator(chunk_size=5000):
        entry = known.by_code.get(known.by_id[category_id].code)
        text = text_of(title=title, description=description)
        if entry and entry.is_leaf and text.strip():
            yield text, entry.code


def catalogue_texts(known: Catalogue) -> list[Pair]:
    """Return each category in its own words: names, group, search words and conditions, in both languages."""
    texts = []
    for leaf in known.leaves():
        own = (leaf.name, leaf.name_en, leaf.trail, leaf.trail_en, leaf.filing_condition, leaf.filing_condition_en)
        texts += [(text, leaf.code) for text in (*own, *leaf.keywords) if text]
    return texts
