"""The reference pages say what the code does."""

import pytest

from config.cli.docs import FOLDER, PAGES
from config.reference.settings import INTERNAL, SETTINGS, names_read


@pytest.mark.parametrize("name", PAGES)
def test_is_what_make_docs_would_write(name):
    assert (FOLDER / name).read_text(encoding="utf8") == PAGES[name](), "run: make docs"


def test_explains_every_setting_and_no_other():
    assert names_read() <= set(SETTINGS) | INTERNAL
    assert {name for name in SETTINGS if name.startswith("ONEGRID_")} - names_read() == {"ONEGRID_POSTGRES_BIN"}
