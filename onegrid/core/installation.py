"""What this installation says of itself, as the facts of its pack have it: names, emergency numbers, the map's view."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from django.conf import settings

from onegrid.core.fields import Point
from onegrid.core.names import in_language, in_readers_language

REOPEN_WINDOW_DAYS = 15  # where the pack does not say


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """A number to call at once, and what it is for."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Something that is not the district's to handle: what it is, who is responsible, their number, its words."""

    name: str
    who: str
    number: str
    keywords: tuple[str, ...]


def district_name(language: str) -> str:
    """Return the district's name in a language; nothing while no pack is there."""
    return _named(_pack(), language)


def district_code() -> str:
    """Return by which code the district is known to programs; nothing while no pack is there."""
    return str(_pack().get("code", ""))


def emergency_numbers(language: str) -> list[EmergencyNumber]:
    """Return whom to call when somebody is in danger, in the order of the pack."""
    return [
        EmergencyNumber(str(fact["number"]), _named(fact, language)) for fact in _pack().get("emergency_numbers", [])
    ]


def danger_words() -> tuple[list[str], list[str]]:
    """Return by which words danger is known, in every language, and in which they stand without meaning it."""
    fact = _pack().get("danger", {})
    return [*fact.get("keywords", []), *fact.get("keywords_en", [])], list(fact.get("harmless", []))


def handled_elsewhere(language: str) -> list[Elsewhere]:
    """Return what people bring that others are responsible for; the words are those of every language."""
    return [
        Elsewhere(
            name=_named(fact, language),
            who=in_language(language, str(fact["who"]), str(fact["who_en"])),
            number=str(fact["number"]),
            keywords=tuple(word.casefold() for word in [*fact["keywords"], *fact["keywords_en"]]),
        )
        for fact in _pack().get("elsewhere", [])
    ]


def map_view() -> tuple[Point, float]:
    """Return the middle of the district and the zoom at which a map shows all of it."""
    view = _pack().get("map", {})
    lon, lat = view.get("center", (0.0, 0.0))
    return Point(float(lon), float(lat)), float(view.get("zoom", 2))


def area_named(name: str) -> str:
    """Return an area's name for whoever reads now: in English where the pack has one, else as the area has it."""
    return in_readers_language(name, _area_names().get(name, ""))


def demonstration_accounts() -> list[str]:
    """Return the accounts that a demonstration is tried with."""
    return [str(name) for name in _pack().get("demonstration_accounts", [])]


def public_calls() -> dict[str, Any]:
    """Return what the pack says of calls to the public: which kinds, for how long, by whom."""
    return dict(_pack().get("public_calls", {}))


def reopen_window_days() -> int:
    """Return for how many days after closing a case can be reopened."""
    return int(_pack().get("reopen_window_days", REOPEN_WINDOW_DAYS))


def _named(fact: dict[str, Any], language: str) -> str:
    chinese, english, traditional = (str(fact.get(key) or "") for key in ("name", "name_en", "name_hant"))
    return in_language(language, chinese, english, traditional=traditional)


@cache
def _area_names() -> dict[str, str]:
    return {str(fact["name"]): str(fact["name_en"]) for fact in _pack().get("area_names", [])}


@cache
def _pack() -> dict[str, Any]:
    path = settings.PACK / "pack.yaml"
    return yaml.safe_load(path.read_text(encoding="utf8")) if path.exists() else {}
