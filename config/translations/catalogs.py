"""The catalogues of translations: where they are, how they are read, written and compiled."""

from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
LANGUAGES = ("zh_Hans", "zh_Hant")  # English is the language of the source
BY_HAND = "by hand"  # the comment that keeps a translation from being drafted anew

HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


def homes(root: Path = ROOT) -> list[Path]:
    """Return the folders that have catalogues of their own: every app, and the project for what is no app's."""
    return [root, *sorted(path.parent for path in root.glob("onegrid/*/apps.py"))]


def file_of(home: Path, language: str) -> Path:
    """Return where a folder keeps its catalogue of one language."""
    return home / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path, language: str) -> Catalog:
    """Read a catalogue; an absent one is empty."""
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as source:
        return read_po(source, locale=language)


def entries(catalog: Catalog) -> Iterable[Message]:
    """Return the translations of a catalogue without its header."""
    return (message for message in catalog if message.id)


def write(path: Path, language: str, catalog: Catalog) -> bool:
    """Write a catalogue sorted and without dates or places, so that diffs stay small; tell whether it changed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".po.new")
    with draft.open("wb") as target:
        target.write(HEADER.format(language=language).encode())
        write_po(target, catalog, width=0, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    changed = not path.exists() or path.read_bytes() != draft.read_bytes()
    draft.replace(path)
    return changed


def compile_messages(root: Path = ROOT) -> int:
    """Compile every catalogue that is newer than its compiled form; return how many were."""
    stale = [
        (path, language)
        for home in homes(root)
        for language in LANGUAGES
        if (path := file_of(home, language)).exists() and _is_stale(path)
    ]
    for path, language in stale:
        _compile(path, language)
    return len(stale)


def _is_stale(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < path.stat().st_mtime_ns


def _compile(path: Path, language: str) -> None:
    draft = path.with_suffix(".mo.new")
    with draft.open("wb") as target:
        write_mo(target, read(path, language))
    draft.replace(path.with_suffix(".mo"))  # at once: another process may be reading


if __name__ == "__main__":  # for an image or a machine on which the code cannot be written to later
    compile_messages()
