"""
Take the pictures of `docs/` anew, from a demonstration that runs on this machine.

    make run PORT=8000 ONEGRID_HOME=/srv/try          # and let some of its year load
    python -m tests.docs.pictures http://127.0.0.1:8000 /srv/try [SCENE …]

The scenes (`tests/docs/scenes.py`) do what residents and officers do: they report,
and dispatch what waits. So do not point it at anything but a demonstration that is
thrown away, and look at every picture afterwards. Needs Chromium.
"""

import io
import os
import sys
from importlib import import_module
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect, sync_playwright

from config.cli import installation, report

IMAGES = Path(__file__).parents[2] / "docs" / "images"
LARGEST = 130_000  # bytes
COLORS = 256
PATIENCE = 60_000  # milliseconds for a machine that loads a year beside it
SETTLED = 900  # milliseconds in which a page has drawn what scripts and styles still move
CHROMIUM = os.environ.get("ONEGRID_CHROMIUM", "/usr/bin/chromium")
# The map is drawn without a graphics card; dates in forms follow the browser's language, not the page's.
ARGUMENTS = ["--lang=zh-CN", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


class Studio:
    """Where scenes are played: the people with their windows, and what keeps a picture."""

    def __init__(self, people, home):
        self.people, self.home = people, home

    def keep(self, page, name, *, pause=SETTLED):
        """Keep what the window shows now, in few colours."""
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(pause)
        with Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide"))) as shot:
            small = shot.convert("RGB").quantize(COLORS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        file = IMAGES / f"{name}.png"
        small.save(file, optimize=True)
        size = file.stat().st_size
        report.line(file.name, f"{small.width} × {small.height}, {size:,} bytes")
        assert size <= LARGEST, f"{file.name} is too large."


def main(address, home, *wanted):
    """Play the scenes that are named, or all of them."""
    os.environ["ONEGRID_HOME"] = home
    installation.load_django(url=installation.NO_DATABASE)
    scenes, people = import_module("tests.docs.scenes"), import_module("tests.journeys.people")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        environment = os.environ | {"LANGUAGE": "zh_CN", "LANG": "zh_CN.UTF-8"}
        window = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, env=environment)
        for scene in scenes.SCENES:
            if not wanted or scene.__name__ in wanted:
                everybody = people.People(window, address, None, patience=PATIENCE)
                scene(Studio(everybody, Path(home)))
                everybody.leave()
                assert everybody.complaints == [], everybody.complaints


if __name__ == "__main__":
    main(*sys.argv[1:])
