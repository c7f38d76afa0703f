"""
By which words a case is found: strangers find it by what they may read of it, the desk by its timeline too.

What strangers may read at all is asked of the case (`publicity`); which of its words lead to somebody is asked here.
"""

from collections.abc import Iterable

from onegrid.cases.rules.publicity import for_strangers
from onegrid.core.search import vector
from onegrid.geography.public import Location


def words_of(number: str, *, said: Iterable[str], where: Iterable[str], timeline: Iterable[str] = ()) -> str:
    """Return the literal of the `tsvector` of a case: its number, what was said of it, where it is, what happened."""
    whole = tuple(said)
    shown = tuple(map(for_strangers, whole))
    hidden = (text for text, part in zip(whole, shown, strict=True) if text != part)
    return vector(number, *shown, *where, inner=(*hidden, *timeline))


def names_of(place: Location) -> tuple[str, ...]:
    """Return the names of the areas by which a case is found that lies there."""
    return place.township.name, place.community.name, place.grid.name
