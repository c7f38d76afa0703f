"""Static files: those of others are what their makers published, and nothing is loaded from another host."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from django.conf import settings

from onegrid.core import behaviours

STATIC = Path(settings.STATICFILES_DIRS[0])
VENDOR = STATIC / "vendor"
MANIFEST = json.loads((VENDOR / "manifest.json").read_text(encoding="utf8"))
LISTED = {name: digest for library in MANIFEST for name, digest in library["files"].items()}
OURS = sorted([*STATIC.glob("core/*"), *settings.ROOT.glob("onegrid/*/static/**/*.*")])
# Something fetched, as opposed to a licence's address or the name of an XML namespace.
FETCHED = re.compile(
    r"""url\(\s*["']?(?:https?:)?//|@import|(?:\bsrc|<link[^>]*href)\s*=\s*["'](?:https?:)?//|from\s*["']https?:"""
)


@pytest.mark.parametrize("library", MANIFEST, ids=lambda library: library["name"])
def test_each_library_says_where_it_is_from_and_under_which_licence(library):
    assert set(library) == {"name", "version", "source", "licence", "licence_file", "changes", "files"}
    assert (VENDOR / library["licence_file"]).stat().st_size > 300


def test_every_vendored_file_is_listed():
    present = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()} - {"manifest.json"}

    assert present == set(LISTED)


@pytest.mark.parametrize("name", LISTED)
def test_a_vendored_file_is_unchanged(name):
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == LISTED[name]


@pytest.mark.parametrize(
    "path",
    [path for path in (*(VENDOR / name for name in LISTED), *OURS) if path.suffix != ".png"],
    ids=lambda path: path.name,
)
def test_nothing_is_loaded_from_another_host(path):
    assert FETCHED.findall(path.read_text(encoding="utf8")) == []


@pytest.mark.parametrize("path", [path for path in OURS if path.suffix == ".js"], ids=lambda path: path.name)
def test_a_script_of_ours_is_short(path):
    assert len(path.read_text(encoding="utf8").splitlines()) <= 200


def test_behaviours_are_found_by_name():
    assert behaviours.found()["copy"] == "core/copy.js"
    assert "registry" not in behaviours.found()
