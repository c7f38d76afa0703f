"""
Full-text search terms, made in the application so that every database finds Chinese.

Runs of Han characters become overlapping pairs, other scripts become words;
both go into one `tsvector`. Recall is that of LIKE, at the price of an index
lookup, whatever the locale of the database.
"""

import re
import unicodedata
from operator import add

_RUN = re.compile(r"(?P<han>[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)|(?P<word>\w+)")
MAX_TERM = 64


def terms(*texts: str) -> list[str]:
    """Return the distinct search terms of some texts, in order of appearance."""
    found: dict[str, None] = {}
    for text in texts:
        for han, word in _RUN.findall(unicodedata.normalize("NFKC", text).lower()):
            if len(han) > 1:
                found.update(dict.fromkeys(map(add, han, han[1:])))
                # Single characters too, so that a search for one character finds something.
                found.update(dict.fromkeys(han))
            else:
                found[(han or word)[:MAX_TERM]] = None
    return list(found)


def query_terms(text: str) -> list[str]:
    """Return what a document must contain to match: pairs where there are pairs, single characters only alone."""
    wanted: dict[str, None] = {}
    for match in _RUN.finditer(unicodedata.normalize("NFKC", text).lower()):
        run = match["han"] or match["word"]
        if match["han"] and len(run) > 1:
            wanted.update(dict.fromkeys(run[i : i + 2] for i in range(len(run) - 1)))
        else:
            wanted[run[:MAX_TERM]] = None
    return list(wanted)


def quoted(term: str) -> str:
    """Return a term as a tsquery or tsvector literal."""
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def vector(*texts: str) -> str:
    """Return the literal of the `tsvector` of some texts. Terms hold nothing that needs escaping."""
    found = terms(*texts)
    return "'" + "' '".join(found) + "'" if found else ""


def query(text: str) -> str:
    """Return the literal of a `tsquery` that asks for all of a text's terms, or an empty one."""
    return " & ".join(quoted(term) for term in query_terms(text))
