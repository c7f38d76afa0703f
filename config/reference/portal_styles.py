"""
The part of Tabler that the pages for the public can use: they open on old phones and slow networks.

A rule stays if every class it names stands where those pages name classes. More may stay than is used,
nothing that is used goes; a test holds the file to its sources.
"""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "static" / "vendor" / "tabler" / "tabler.min.css"
TARGET = "../../static/core/tabler-portal.css"  # from where the reference is
_PARTS = ("templates/**/*.html", "web/*.py", "static/**/*.js")
MADE_OF = (
    "templates/base.html",
    "templates/layouts/portal.html",
    "templates/components/*.html",
    "static/core/*.js",
    "onegrid/core/templatetags/*.py",
    "onegrid/core/icons.py",
    "onegrid/core/jinja2/core/*.html",
    *(f"onegrid/{app}/{part}" for app in ("portal", "tips") for part in _PARTS),
)
_NOTICE = re.compile(r"/\*!.*?\*/", re.DOTALL)
_WORD = re.compile(r"[A-Za-z][\w-]*")
_IN_TEMPLATE = re.compile(r'\b(?:class|\w*css)="([^"]*)"')  # also where a template hands a class to a part
_IN_CODE = re.compile(r"^.*class.*$", re.IGNORECASE | re.MULTILINE)
_CLASS = re.compile(r"\.((?:[\w-]|\\.)+)")
_ANIMATION = re.compile(r"@(?:-webkit-)?keyframes ([\w-]+)")


def page() -> str:
    """Return the style sheet."""
    sheet = SOURCE.read_text(encoding="utf8")
    notice = _NOTICE.search(sheet)
    kept = "".join(_kept(_NOTICE.sub("", sheet), _words()))
    kept = "".join(piece for piece in _rules(kept) if not _is_idle(piece, kept))
    return (
        f"{notice[0] if notice else ''}\n/* The rules that public pages can use; written by `make docs`. */\n{kept}\n"
    )


def _words() -> frozenset[str]:
    """Return every word that stands where the pages name classes."""
    paths = [path for pattern in MADE_OF for path in ROOT.glob(pattern)]
    named = (
        (_IN_TEMPLATE if path.suffix == ".html" else _IN_CODE).findall(path.read_text(encoding="utf8"))
        for path in paths
    )
    return frozenset(word for found in named for text in found for word in _WORD.findall(text))


def _kept(sheet: str, words: frozenset[str]) -> Iterator[str]:
    for rule in _rules(sheet):
        head, brace, body = rule.partition("{")
        if head.startswith(("@media", "@supports", "@layer", "@container")) and brace:
            if inner := "".join(_kept(body.removesuffix("}"), words)):
                yield f"{head}{{{inner}}}"
        elif head.startswith("@") and not head.startswith("@charset"):
            yield rule
        elif not head.startswith("@") and (selectors := [one for one in _selectors(head) if _is_used(one, words)]):
            yield f"{','.join(selectors)}{{{body}"


def _is_used(selector: str, words: frozenset[str]) -> bool:
    return all(name in words for name in _CLASS.findall(selector))


def _is_idle(rule: str, sheet: str) -> bool:
    """Tell whether a rule is an animation that no other rule asks for."""
    named = _ANIMATION.match(rule)
    return named is not None and not re.search(rf"(?<!keyframes )\b{re.escape(named[1])}\b", sheet)


def _rules(sheet: str) -> Iterator[str]:
    """Walk the rules of a style sheet, each whole with all that is in it."""
    depth = start = 0
    for mark in re.finditer(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|[{};]', sheet):
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
        if not depth and mark[0] in {"}", ";"}:
            yield sheet[start : mark.end()].strip()
            start = mark.end()


def _selectors(head: str) -> list[str]:
    """Divide a list of selectors, not inside brackets."""
    return re.split(r",(?![^(]*\))", head)
