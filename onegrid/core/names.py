"""
Names and words that a pack brings, in the language of the reader.

A pack gives them in simplified Chinese and in English. Traditional Chinese, where
it is not given as well, is written from the simplified, character by character in the way of Taiwan: names
of offices and kinds of matters are not reworded.
"""

from functools import cache, lru_cache

from django.utils.translation import get_language
from opencc import OpenCC


def in_language(language: str, chinese: str, english: str = "", *, traditional: str = "") -> str:
    """Return the English words for an English reader where there are any, else the Chinese in the reader's script."""
    if language.startswith("en"):
        return english or chinese
    if language == "zh-hant":
        return traditional or _traditional(chinese)
    return chinese


def in_readers_language(chinese: str, english: str = "") -> str:
    """Return the words for whoever reads now."""
    return in_language(get_language() or "", chinese, english)


@lru_cache(maxsize=8192)  # a pack's names, a few hundred, and what is kept of older ones
def _traditional(text: str) -> str:
    return str(_converter().convert(text))


@cache
def _converter() -> OpenCC:
    return OpenCC("s2tw")
