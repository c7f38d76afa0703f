"""The public corpora of bad input: read where they lie, beside the checkout or where ONEGRID_TEST_FIXTURES says."""

import json
import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("ONEGRID_TEST_FIXTURES") or Path(__file__).parents[2] / "../shared/data/fixtures")


def files(name, pattern="*"):
    """Return the files of one corpus, sorted; none where it is absent."""
    return sorted(path for path in (FOLDER / name).glob(pattern) if path.is_file())


def naughty_strings():
    """Return the Big List of Naughty Strings."""
    return [text for path in files("naughty", "blns.json") for text in json.loads(path.read_text(encoding="utf8"))]


def needs(name):
    """Skip where a corpus is absent, and say so."""
    reason = f"the corpus is absent: {FOLDER / name} (say where it is with ONEGRID_TEST_FIXTURES)"
    return pytest.mark.skipif(not files(name), reason=reason)


def groups(things, size):
    """Return the things in groups of at most `size`."""
    return [things[start : start + size] for start in range(0, len(things), size)]
