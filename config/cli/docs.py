"""`onegrid docs`: the reference pages, written from the code. A test holds them to it."""

from collections.abc import Callable
from pathlib import Path

import typer

from config.reference import case_mapping, case_states, commands, moves, openapi, permissions, portal_styles, settings

FOLDER = Path(__file__).parents[2] / "docs" / "reference"

PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings.page,
    "commands.md": commands.page,
    "permissions.md": permissions.page,
    "case-states.md": case_states.page,
    "moves.md": moves.page,
    "openapi.json": openapi.page,
    "case-mapping.schema.json": case_mapping.page,
    portal_styles.TARGET: portal_styles.page,
}


def docs() -> None:
    """Write the reference documentation from the code."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        file = FOLDER / name
        text = page()
        if not file.exists() or file.read_text(encoding="utf8") != text:
            file.write_text(text, encoding="utf8")
            typer.echo(f"written {file.relative_to(FOLDER.parents[1])}")
