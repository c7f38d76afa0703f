"""The reference pages say what the code does."""

import io

import pytest
from PIL import Image, ImageChops

from config.cli.docs import FOLDER, PAGES
from config.reference.app_icons import ICONS, STATIC, drawn
from config.reference.moves import BESIDES
from config.reference.settings import INTERNAL, SETTINGS, names_read
from onegrid.workspace.rules.steps import STEPS

NOT_SEEN = 4  # of 255; processors round the edges of a drawing differently


@pytest.mark.parametrize("name", PAGES)
def test_is_what_make_docs_would_write(name):
    assert (FOLDER / name).read_text(encoding="utf8") == PAGES[name](), "run: make docs"


@pytest.mark.parametrize("icon", ICONS, ids=lambda icon: icon.name)
def test_icons_are_what_make_docs_would_draw(icon):
    with Image.open(STATIC / icon.name) as kept, Image.open(io.BytesIO(drawn(icon))) as fresh:
        assert kept.size == fresh.size == (icon.size, icon.size)
        apart = ImageChops.difference(kept.convert("RGB"), fresh.convert("RGB"))
        assert max(most for _least, most in apart.getextrema()) <= NOT_SEEN, "run: make docs"


def test_explains_every_setting_and_no_other():
    assert names_read() <= set(SETTINGS) | INTERNAL
    assert {name for name in SETTINGS if name.startswith("ONEGRID_")} - names_read() == {"ONEGRID_POSTGRES_BIN"}


def test_says_of_every_step_that_is_no_move_what_it_does_to_the_clocks():
    told = {step for row in BESIDES for step in row.steps}

    assert told == {name for name, step in STEPS.items() if step.move is None}
