"""What the conversation looks up: kinds that fit a text, and places by their name or coordinates."""

import re

from onegrid.catalogue.public import catalogue
from onegrid.channels.rules.conversation import Spot, World
from onegrid.geography.public import CoordinateSystem, community_in
from onegrid.triage.public import suggest

OFFERED = 3
READ = 200  # characters; the first words say what it is
_PAIR = re.compile(r"(?<![\d.])(\d{1,3}\.\d{3,})\s*[,，]\s*(\d{1,3}\.\d{3,})(?![\d.])")
EASTERN = 90.0  # degrees: what is more cannot be a latitude, so that either order is understood


def world() -> World:
    """Return what a conversation may look up. No statement while the snapshots are fresh."""
    return World(kinds=_kinds, place=place_named)


def kind_named(code: str, language: str) -> str:
    """Return how a kind is called, or nothing."""
    entry = catalogue().by_code.get(code)
    return entry.named(language) if entry else ""


def place_named(text: str) -> Spot | None:
    """Return the place a text names: coordinates on WGS-84, else the one community that it holds the name of."""
    if match := _PAIR.search(text):
        first, second = float(match[1]), float(match[2])
        lon, lat = (first, second) if first > EASTERN else (second, first)
        return Spot(x=lon, y=lat, system=CoordinateSystem.WGS84.value, label=match[0])
    found = community_in(text)
    if found is None:
        return None
    lon, lat = found.label_at
    return Spot(
        x=lon, y=lat, system=CoordinateSystem.WGS84.value, address=_address(text),
        label=f"{found.township_name} · {found.name}", accuracy_m=float(found.reach_m),
    )  # fmt: skip


def _kinds(text: str) -> list[str]:
    return [guess.entry.code for guess in suggest(text[:READ], limit=OFFERED, for_public=True)]


def _address(text: str) -> str:
    line = text.strip()
    return line if len(line) <= 200 and "\n" not in line else ""  # noqa: PLR2004 — as long as an address may be
