"""Compiled translations: Django reads .mo files, the repository keeps only .po files."""

from config.preparation import Advance
from config.translations.catalogs import compile_messages


def compile_stale(_: Advance) -> str:
    """Compile the catalogues that are newer than their compiled form."""
    compiled = compile_messages()
    return f"{compiled} compiled" if compiled else "up to date"
