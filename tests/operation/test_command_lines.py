"""Each command line of ours in `deploy/` and in the how-tos names a command there is, with options it has."""

import re
import shlex
from pathlib import Path

import pytest
import typer
import yaml
from typer.core import TyperGroup

from config.cli.main import COMMANDS, build

ROOT = Path(__file__).parents[2]
COMPOSE = ROOT / "deploy" / "compose" / "compose.yaml"
UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
PAGES = sorted((ROOT / "docs" / "how-to").glob("*.md"))
UsageError = typer.BadParameter.__base__  # its module is not for others
NAMES = "|".join(command.name for command in COMMANDS)
# `onegrid …` in running text or in a block of commands; what follows the service in `docker compose … run`.
IN_TEXT = re.compile(rf"(?:^|[`/ ])onegrid ((?:{NAMES})\b[^`\n#]*)", re.MULTILINE)
IN_A_CONTAINER = re.compile(r"docker compose .*? run (?:--\S+ |-\w+ (?:\S+:\S+ )?)*worker ([^`\n#]*)")


def of_units():
    for unit in UNITS:
        for line in re.findall(r"^Exec\w+=(.*)$", unit.read_text(), re.MULTILINE):
            program, _, words = line.partition(" ")
            if program.endswith("/onegrid"):
                yield pytest.param(words, id=unit.name)


def of_compose():
    for name, service in yaml.safe_load(COMPOSE.read_text())["services"].items():
        if service["image"] == "onegrid":
            yield pytest.param(shlex.join(service["command"]), id=f"compose {name}")


def of_pages():
    for page in PAGES:
        text = page.read_text()
        for line in sorted({line.strip(" \"'") for line in [*IN_TEXT.findall(text), *IN_A_CONTAINER.findall(text)]}):
            if " " in line:  # a word by itself names the command, and is no line to be typed
                yield pytest.param(line, id=f"{page.stem}: {line}")


def answers(command):
    """Return options for whatever it would ask on the terminal."""
    return [f"{option.opts[0]}=x" for option in command.params if getattr(option, "prompt", None)]


def misunderstood(line):
    """Return what the command line would say to whoever types this; nothing where it is understood."""
    words = [word.strip("[]") for word in shlex.split(line)]
    command = typer.main.get_command(build(words[0]))
    context = command.make_context("onegrid", [], resilient_parsing=True)
    try:
        while isinstance(command, TyperGroup):
            if not words:
                return ""  # a group by itself says what there is
            name, command, rest = command.resolve_command(context, words)
            if command is None:
                return f"There is no {words[0]}."
            words = rest
            is_group = isinstance(command, TyperGroup)
            given = [] if is_group else [*words, *answers(command)]
            context = command.make_context(name, given, parent=context, resilient_parsing=is_group)
    except UsageError as error:
        return error.format_message()
    return ""


@pytest.mark.parametrize("line", [*of_units(), *of_compose(), *of_pages()])
def test_is_understood(line):
    assert not misunderstood(line)


@pytest.mark.parametrize("line", ["worker --processes 2", "backups /tmp", "cases counter --check", "demo --years ten"])
def test_what_is_wrong_is_found(line):
    assert misunderstood(line)


def test_lines_are_found_wherever_they_stand():
    assert len([*of_units()]) == len(UNITS)
    assert {"prepare", "web", "relay", "worker"} <= {case.values[0] for case in of_compose()}
    lines = {case.values[0] for case in of_pages()}
    assert {"demo --years 10 --processes 2", "accounts password admin", "mail take"} <= lines
    assert any(line.startswith("backup /backups") for line in lines)
