"""What this installation says of itself: the district's name, as its pack has it."""

from functools import cache
from typing import Any

import yaml
from django.conf import settings


def district_name(language: str) -> str:
    """Return the district's name in a language; nothing while no pack is there."""
    pack = _pack()
    if language.startswith("en"):
        return str(pack.get("name_en") or pack.get("name") or "")
    return str(pack.get("name") or "")


@cache
def _pack() -> dict[str, Any]:
    path = settings.PACK / "pack.yaml"
    return yaml.safe_load(path.read_text(encoding="utf8")) if path.exists() else {}
