"""Each picture is shown on the page of pictures, and each page shows pictures there are, small and taken by a scene."""

import re
from pathlib import Path

import pytest
from PIL import Image

from tests.docs.pictures import IMAGES, LARGEST

ROOT = Path(__file__).parents[2]
PAGES = [*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")]
SCENES = (ROOT / "tests" / "docs" / "scenes.py").read_text()


def shown(page):
    return re.findall(r"!\[[^\]]+\]\(([^)]+)\)", page.read_text(encoding="utf8"))


def test_the_page_of_pictures_shows_all_there_are():
    files = {Path(path).name for path in shown(ROOT / "docs" / "pictures.md")}

    assert files == {file.name for file in IMAGES.iterdir()}


def test_no_page_shows_a_picture_that_is_not_there():
    missing = [(page.name, path) for page in PAGES for path in shown(page) if not (page.parent / path).exists()]

    assert missing == []


@pytest.mark.parametrize("file", sorted(IMAGES.iterdir()), ids=lambda file: file.name)
def test_a_picture_is_small_and_a_scene_takes_it(file):
    with Image.open(file) as picture:
        assert picture.format == "PNG"
    assert file.stat().st_size <= LARGEST
    assert f'"{file.stem}"' in SCENES
