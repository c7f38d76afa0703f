"""`onegrid pack`: say what is wrong with a district's pack, and load it."""

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from onegrid.core.errors import DomainError
from onegrid.oversight.public import Actor
from onegrid.packs.public import Fault, FaultyPackError, Loaded, check_pack, load_pack

app = typer.Typer(help="Packs: a district as data.", no_args_is_help=True)
console = Console(highlight=False, soft_wrap=True)

Folder = Annotated[Path | None, typer.Argument(help="Folder of the pack; the installation's own if left out.")]
Language = Annotated[str, typer.Option(help="zh-hans, zh-hant or en.")]


@app.command()
def check(path: Folder = None, *, language: Language = settings.LANGUAGE_CODE) -> None:
    """List every fault of a pack with file, row and reason."""
    folder = path or settings.PACK
    with translation.override(language):
        faults = check_pack(folder)
        if faults:
            _show(faults)
            raise typer.Exit(1)
        _say(_("%(pack)s has no faults.") % {"pack": folder.name})


@app.command()
def load(
    path: Folder = None,
    *,
    edition: Annotated[str | None, typer.Option(help="Edition of the areas, such as 2023.")] = None,
    demonstration: Annotated[
        bool,
        typer.Option(
            "--demonstration", help="Open new accounts with the demonstration password, as a demonstration does anyhow."
        ),
    ] = False,
    language: Language = settings.LANGUAGE_CODE,
) -> None:
    """Load a pack, whole or not at all. Loading it again changes nothing."""
    folder, by, at = path or settings.PACK, Actor(name="operator"), timezone.now()
    is_shown = demonstration or settings.DISTRICT_IS_DEMONSTRATION
    with translation.override(language):
        try:
            loaded = load_pack(path=folder, edition=edition, demonstration=is_shown, by=by, at=at)
        except FaultyPackError as refusal:
            _show(refusal.faults)
            raise typer.Exit(1) from refusal
        except DomainError as refusal:
            console.print(str(refusal), style="red", markup=False)
            raise typer.Exit(1) from refusal
        _say(_summary(folder.name, loaded))


def _summary(name: str, loaded: Loaded) -> str:
    if loaded.is_unchanged:
        return _("%(pack)s was loaded already; nothing has changed.") % {"pack": name}
    text = _(
        "%(pack)s, areas of %(edition)s: %(opened)d areas opened, %(closed)d closed, "
        "%(moved)d duties moved, %(written)d other rows written."
    )
    return text % {"pack": name, **vars(loaded)}


def _show(faults: list[Fault]) -> None:
    table = Table(_("File"), _("Row"), _("Column"), _("Why"))
    for fault in faults:
        table.add_row(escape(fault.file), str(fault.row or ""), escape(fault.column), escape(fault.reason))
    console.print(table)
    console.print(_("Faults: %(count)d") % {"count": len(faults)}, style="red", markup=False)


def _say(text: str) -> None:
    console.print("[green]✓[/green]", escape(text))
