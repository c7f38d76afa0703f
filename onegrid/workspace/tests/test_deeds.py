"""What the trail keeps can be read: every code that is written down has words."""

import re
from pathlib import Path

from onegrid.workspace.rules.deeds import DEEDS

ROOT = Path(__file__).parents[3]
WRITTEN = re.compile(r'\b(?:_?record|record_apart)\(\s*"([a-z_]+\.[a-z_-]+)"')


def test_every_code_that_is_written_into_the_trail_has_words():
    sources = [
        path for part in ("onegrid", "config") for path in (ROOT / part).rglob("*.py") if "tests" not in path.parts
    ]
    codes = {code for path in sources for code in WRITTEN.findall(path.read_text(encoding="utf8"))}

    assert len(codes) > 50
    assert sorted(codes - DEEDS.keys()) == []
