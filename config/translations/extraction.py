"""Finds the texts to translate in Python and in templates."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

from config.translations.catalogs import ROOT

# Which arguments of which function are texts, as Babel wants it; "c" marks the context.
KEYWORDS: dict[str, tuple[int | tuple[int, int] | tuple[int, str], ...] | None] = {
    **dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop", "_"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
COMMENT = "Translators:"
JINJA2 = "jinja2"  # the folder of an app for templates that are written for it, and how Babel calls them
SKIPPED = {"tests", "migrations", "locale", "static"}


def texts_of(home: Path, root: Path = ROOT) -> Catalog:
    """Return every text of one folder that has catalogues of its own."""
    found = Catalog()
    for path in _sources(home, root):
        source, is_jinja2 = path.read_text(encoding="utf8"), JINJA2 in path.parts
        if path.suffix != ".py" and not is_jinja2:
            source = _as_python(source, str(path))
        lines, method = BytesIO(source.encode()), JINJA2 if is_jinja2 else "python"
        for _line, text, comments, context in extract(method, lines, KEYWORDS, [COMMENT], {"encoding": "utf8"}):
            found.add(text, auto_comments=comments, context=context)
    return found


def _sources(home: Path, root: Path) -> Iterator[Path]:
    folders = [home / "templates", home / "config"] if home == root else [home]
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and not SKIPPED & set(path.relative_to(folder).parts):
                yield path


def _as_python(template: str, origin: str) -> str:
    """Blot out everything but the texts; indentation means nothing in a template."""
    lines = templatize(template, origin=origin).splitlines()
    return "\n".join(line.lstrip() for line in lines) + "\n"
