"""Words that mean danger, as the pack names them: whoever writes them reads whom to call, and is kept from nothing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from onegrid.core.installation import danger_words
from onegrid.core.names import in_language

_NEVER = "(?!)"  # fits nothing


@dataclass(frozen=True, slots=True)
class DangerSigns:
    """
    Two patterns for text in small letters, which browsers read as Python does: no look-behind, no flags.

    What fits `harmless` is taken out first; then whatever fits `words` speaks of danger.
    """

    words: str
    harmless: str


@cache
def danger_signs() -> DangerSigns:
    """Return what the pack's words come to, in all languages and in both Chinese scripts."""
    words, harmless = danger_words()
    return DangerSigns(words=_any_of(words), harmless=_any_of(harmless))


def speaks_of_danger(text: str) -> bool:
    """Tell whether a text holds words that mean danger."""
    signs = danger_signs()
    return re.search(signs.words, re.sub(signs.harmless, " ", text.lower())) is not None


def _any_of(words: Iterable[str]) -> str:
    spelled = {spelling for word in words for spelling in (word.lower(), in_language("zh-hant", word.lower()))}
    return "|".join(_alone(word) for word in sorted(spelled)) or _NEVER


def _alone(word: str) -> str:
    """Return a pattern for a word; one in Latin letters must not be a part of a longer one."""
    before = r"(?:^|[^a-z])" if word[:1].isascii() else ""
    after = r"(?![a-z])" if word[-1:].isascii() else ""
    return f"{before}{re.escape(word)}{after}"
