"""Icons: one sprite, and every icon that a page names is in it."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

from django.conf import settings

SPRITE = Path(settings.STATICFILES_DIRS[0]) / "core" / "icons.svg"
SYMBOL = "{http://www.w3.org/2000/svg}symbol"
IN_TEMPLATES = re.compile(r"""{% icon "([\w-]+)\"""")
IN_PYTHON = re.compile(r"""\bicon(?:_name)?\s*=\s*"([\w-]+)\"|Words\(\s*"([\w-]+)\"""")


def symbols():
    root = ET.parse(SPRITE).getroot()  # noqa: S314  our own file
    return [symbol.attrib["id"].removeprefix("i-") for symbol in root.iter(SYMBOL)]


def named():
    templates = [*settings.ROOT.glob("templates/**/*.html"), *settings.ROOT.glob("onegrid/*/templates/**/*.html")]
    modules = [path for path in settings.ROOT.glob("onegrid/**/*.py") if "tests" not in path.parts]
    for path in templates:
        yield from ((path.name, icon) for icon in IN_TEMPLATES.findall(path.read_text(encoding="utf8")))
    for path in modules:
        found = IN_PYTHON.findall(path.read_text(encoding="utf8"))
        yield from ((path.name, icon) for icons in found for icon in icons if icon)


def test_are_each_in_the_sprite_once():
    assert sorted(symbols()) == sorted(set(symbols()))


def test_named_by_a_page_exist():
    known = set(symbols())

    assert [(place, icon) for place, icon in named() if icon not in known] == []
