"""What this installation says of itself: the district's name, as its pack has it."""

from functools import cache
from typing import Any

import yaml
from django.conf import settings


def district_name(language: str) -> str:
    """Return the district's name in a language; nothing while no pack is there."""
    pack = _pack()
    own = {"en": "name_en", "zh-hant": "name_hant"}.get(language, "name")
    return str(pack.get(own) or pack.get("name") or "")


@cache
def _pack() -> dict[str, Any]:
    path = settings.PACK / "pack.yaml"
    return yaml.safe_load(path.read_text(encoding="utf8")) if path.exists() else {}
