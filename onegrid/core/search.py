"""
Full-text search terms, made in the application so that every database finds Chinese.

Runs of Han characters become overlapping pairs, other scripts become words;
both go into one `tsvector`. Recall is that of LIKE, at the price of an index
lookup, whatever the locale of the database. Traditional characters count as the
simplified ones: 井蓋 and 井盖 find each other.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import islice
from operator import add

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# A word ends where Han begins: in “66弄18幢楼道里煤气味” the pairs count, and the numbers by themselves.
_RUN = re.compile(rf"(?P<han>[{_HAN}]+)|(?P<word>(?:(?![{_HAN}])\w)+)")
_ONE_HAN = re.compile(f"[{_HAN}]")
MAX_TERM = 64
MOST_INNER = 5000  # terms


def terms(*texts: str) -> list[str]:
    """Return the distinct search terms of some texts, in order of appearance."""
    found: dict[str, None] = {}
    for text in texts:
        for han, word in _RUN.findall(_folded(text)):
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
    for match in _RUN.finditer(_folded(text)):
        run = match["han"] or match["word"]
        if match["han"] and len(run) > 1:
            wanted.update(dict.fromkeys(run[i : i + 2] for i in range(len(run) - 1)))
        elif run.strip("_"):  # by itself a sign like others
            wanted[run[:MAX_TERM]] = None
    return list(wanted)


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).lower()
    # Most texts hold none, and to see that costs a tenth of what putting others in their place does.
    return folded.translate(_simplified()) if traditional().search(folded) else folded


@cache
def traditional() -> re.Pattern[str]:
    """Return the pattern of the characters that count as another, their simplified one."""
    return re.compile(f"[{''.join(map(chr, _simplified()))}]")


@cache
def _simplified() -> Mapping[int, str]:
    """Return the simplified character for each traditional one, as OpenCC has them, but for the rarest."""
    rows = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text(encoding="utf8").splitlines()
    pairs = (row.split("\t") for row in rows if "\t" in row)
    return {ord(char): options.split()[0] for char, options in pairs if char <= "\uffff"}


def quoted(term: str) -> str:
    """Return a term as a tsquery or tsvector literal."""
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def vector(*texts: str, inner: Iterable[str] = ()) -> str:
    """
    Return the literal of the `tsvector` of some texts. Terms hold nothing that needs escaping.

    Terms of the `inner` texts alone bear a position, and with it the weight D, by which `query` tells them apart;
    the others, which are many more, need no room for one. Of inner terms no more than `MOST_INNER` are kept: PostgreSQL
    refuses a vector of a megabyte, and texts that are added to one have no end.
    """
    found = _indexed(texts)
    literal = "'" + "' '".join(found) + "'" if found else ""
    hidden = (f"'{term}':1" for term in _indexed(inner) if term not in found)
    return " ".join([literal, *islice(hidden, MOST_INNER)]).strip()


def _indexed(texts: Iterable[str]) -> dict[str, None]:
    """Return the terms that an index needs: every character begins a pair, but for the last one of a run."""
    found: dict[str, None] = {}
    for text in texts:
        for han, word in _RUN.findall(_folded(text)):
            if len(han) > 1:
                found.update(dict.fromkeys(map(add, han, han[1:])))
                found[han[-1]] = None
            else:
                found[(han or word)[:MAX_TERM]] = None
    return found


def query(text: str, *, only_shown: bool = False) -> str:
    """
    Return the literal of a `tsquery` that asks for all of a text's terms, or an empty one.

    A single character asks for the pairs that begin with it. With `only_shown` terms of inner texts do not count: they
    have the weight D, and those without one have every weight.
    """
    weights = "ABC" if only_shown else ""
    return " & ".join(_asked(term, weights) for term in query_terms(text))


def query_any(terms: Iterable[str]) -> str:
    """Return the literal of a `tsquery` that asks for at least one of some terms, or an empty one."""
    return " | ".join(map(quoted, terms))


def _asked(term: str, weights: str) -> str:
    labels = ("*" if _ONE_HAN.fullmatch(term) else "") + weights
    return f"{quoted(term)}:{labels}" if labels else quoted(term)


def spelled_out(text: str, chosen: Collection[str]) -> list[str]:
    """Return the words of a text that some of its terms make up: pairs that overlap are said as one word."""
    found: dict[str, None] = {}
    for match in _RUN.finditer(_folded(text)):
        run = match["han"] or match["word"]
        if match["han"] and len(run) > 1:
            found.update(dict.fromkeys(_covered(run, chosen)))
        elif run[:MAX_TERM] in chosen:
            found[run[:MAX_TERM]] = None
    return list(found)


def _covered(run: str, chosen: Collection[str]) -> Iterator[str]:
    start = end = 0
    for i in range(len(run) - 1):
        if run[i : i + 2] not in chosen:
            continue
        if i >= end:
            if end:
                yield run[start:end]
            start = i
        end = i + 2
    if end:
        yield run[start:end]
