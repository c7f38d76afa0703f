"""`onegrid docs`: the reference pages, written from the code, and pictures that are drawn. A test holds them to it."""

from collections.abc import Callable
from pathlib import Path

import typer

from config.reference import (
    app_icons,
    case_mapping,
    case_states,
    commands,
    moves,
    openapi,
    permissions,
    portal_styles,
    settings,
)

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "reference"

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
    """Write the reference documentation from the code, and draw the icons."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        _write(FOLDER / name, page().encode())
    for icon in app_icons.ICONS:
        _write(app_icons.STATIC / icon.name, app_icons.drawn(icon))


def _write(file: Path, content: bytes) -> None:
    if not file.exists() or file.read_bytes() != content:
        file.write_bytes(content)
        typer.echo(f"written {file.relative_to(ROOT)}")
