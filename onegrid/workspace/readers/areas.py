"""What the areas that stand today are called, and of which level they are; from memory."""

from django.utils.timezone import localtime

from onegrid.geography.public import Level, NoAreasError, Place, locator_for


def area_name(code: str) -> str:
    """Return what an area is called today, of any level; from memory."""
    if not code:
        return ""
    named = (place.name for level in Level for place in _places(level) if place.code == code)
    return next(named, code)


def area_level(code: str) -> Level | None:
    """Return of which level an area is; from memory."""
    return next((level for level in Level if any(place.code == code for place in _places(level))), None)


def areas_to_choose() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the townships, each with its communities, for a select; from memory."""
    below: dict[str, list[tuple[str, str]]] = {}
    for place in _places(Level.COMMUNITY):
        below.setdefault(place.path.rpartition("/")[0], []).append((place.code, place.name))
    return [(place.name, [(place.code, place.name), *below.get(place.path, [])]) for place in _places(Level.TOWNSHIP)]


def _places(level: Level) -> list[Place]:
    try:
        return locator_for(localtime().date()).places(level)
    except NoAreasError:
        return []
