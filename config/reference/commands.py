"""The page of commands, as `--help` shows them."""

from collections.abc import Iterator

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from config.cli.main import COMMANDS, build


def page() -> str:
    """Write the page."""
    parts = ["# Commands\n\n`onegrid COMMAND`, or `python -m config.cli COMMAND` in a checkout.\n"]
    for entry in COMMANDS:
        if not entry.hidden:
            group = typer.main.get_command(build(entry.name))
            assert isinstance(group, TyperGroup)
            parts += _describe(group.commands[entry.name], f"onegrid {entry.name}")
    return "\n".join(parts)


def _describe(command: object, path: str) -> Iterator[str]:
    assert isinstance(command, TyperCommand | TyperGroup)
    yield f"## {path}\n\n{(command.help or '').strip()}\n"
    rows = [_row(parameter) for parameter in command.params if "--help" not in parameter.opts]
    if rows:
        yield "| Argument | If not given | Meaning |\n|---|---|---|\n" + "".join(rows)
    for name, inner in getattr(command, "commands", {}).items():
        yield from _describe(inner, f"{path} {name}")


def _row(parameter: object) -> str:
    assert isinstance(parameter, TyperOption | TyperArgument)
    name = ", ".join(parameter.opts) if isinstance(parameter, TyperOption) else parameter.name
    default = "" if parameter.default is None or parameter.required else parameter.default
    return f"| `{name}` | {default} | {getattr(parameter, 'help', '') or ''} |\n"
