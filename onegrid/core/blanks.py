"""Whether a text says anything: spaces and characters that nobody sees do not."""

import unicodedata

_UNSEEN = frozenset("ZC")  # separators, and controls, joiners, marks of direction or order


def says_something(text: str) -> bool:
    """Tell whether a text holds any character that one can see."""
    return any(unicodedata.category(character)[0] not in _UNSEEN for character in text)
