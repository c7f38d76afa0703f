"""What a text is made of for the suggestion: pairs of Han characters, and the words of other scripts."""

from typing import Final

from onegrid.core.search import query_terms

READ: Final = 2000  # characters; what a matter is stands at its beginning


def features(text: str) -> list[str]:
    """Return the distinct terms of a text; those with digits are numbers of houses, telephones and people."""
    return [term for term in query_terms(text[:READ]) if not any(letter.isdigit() for letter in term)]


def text_of(*, title: str, description: str) -> str:
    """Return what a reporter wrote; a title alone where there is nothing else."""
    return description.strip() or title
