"""What a column of a table is, and what is done to a text so that no program takes it for a formula."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

Value = str | int | float | bool | datetime | None  # moments in the time of the reader

# What spreadsheet programs begin a formula with, the wide forms of Chinese keyboards among them.
_BEGINNINGS = frozenset("=+-@＝＋－＠")
_SKIPPED = " \t\r\n\v\f\u00a0\u3000\ufeff\u200b"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: its name for programs, its title for people, and what stands in it."""

    name: str
    title: str | Promise
    description: str | Promise
    width: int = 14  # characters, for people's programs


def looks_like_formula(text: str) -> bool:
    """Tell whether a spreadsheet program might calculate with a text instead of showing it."""
    start = text.lstrip(_SKIPPED)
    return start[:1] in _BEGINNINGS if start else False


def harmless(text: str) -> str:
    """Return a text as it can stand in a CSV file: with an apostrophe before what looks like a formula."""
    return f"'{text}" if looks_like_formula(text) or text[:1] in {"\t", "\r", "\n"} else text
