"""Brings the catalogues in line with the source, or names what is out of line."""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from config.translations.catalogs import LANGUAGES, ROOT, entries, file_of, homes, read, write
from config.translations.drafts import draft_traditional
from config.translations.extraction import texts_of

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")


def update(root: Path = ROOT) -> list[Path]:
    """Add new texts to every catalogue, drop stale ones, draft traditional Chinese; return the files changed."""
    changed = []
    for home in homes(root):
        found = texts_of(home, root)
        catalogs = {language: read(file_of(home, language), language) for language in LANGUAGES}
        if not len(found) and not any(len(catalog) for catalog in catalogs.values()):
            continue
        for catalog in catalogs.values():
            catalog.update(found, no_fuzzy_matching=True)
        draft_traditional(catalogs["zh_Hans"], catalogs["zh_Hant"])
        changed += [
            file_of(home, language)
            for language, catalog in catalogs.items()
            if write(file_of(home, language), language, catalog)
        ]
    return changed


def faults(root: Path = ROOT) -> list[str]:
    """
    Name every text that is out of line.

    That is: without translation, doubtful, with a placeholder nobody fills, without a source any more, or
    translated differently by another catalogue, which would win or lose by chance (give it a context then).
    """
    named = [
        f"{file_of(home, language).relative_to(root)}: {fault}"
        for home in homes(root)
        for found in [texts_of(home, root)]
        for language in LANGUAGES
        for fault in _faults_of(found, read(file_of(home, language), language))
    ]
    return named + [fault for language in LANGUAGES for fault in _clashes(root, language)]


def _clashes(root: Path, language: str) -> Iterator[str]:
    seen: dict[tuple[str, str | None], tuple[str, Path]] = {}
    for home in homes(root):
        path = file_of(home, language)
        for message in entries(read(path, language)):
            said = "".join(_forms(message.string or ""))
            other, where = seen.setdefault((_forms(message.id)[0], message.context), (said, path))
            if said and other and said != other:
                there = where.relative_to(root)
                yield f"{path.relative_to(root)}: translated differently in {there}: {_name(message)}"


def _faults_of(found: Catalog, catalog: Catalog) -> Iterator[str]:
    for message in entries(found):
        known = catalog.get(message.id, message.context)
        yield from (f"{fault}: {_name(message)}" for fault in _faults_in(known))
    for message in entries(catalog):
        if found.get(message.id, message.context) is None:
            yield f"stale: {_name(message)}"


def _faults_in(known: Message | None) -> Iterator[str]:
    if known is None or not known.string or not all(_forms(known.string)):
        yield "no translation"
        return
    if known.fuzzy:
        yield "fuzzy"
    allowed = {match[0] for text in _forms(known.id) for match in PLACEHOLDER.finditer(text)}
    used = {match[0] for text in _forms(known.string) for match in PLACEHOLDER.finditer(text)}
    if not used <= allowed:
        yield f"unknown placeholder {', '.join(sorted(used - allowed))}"


def _forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _name(message: Message) -> str:
    return repr(_forms(message.id)[0])
