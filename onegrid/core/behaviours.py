"""
Finds the script behaviours of all apps: one file `<app>/<name>.js` for each attribute `data-<name>`.

A behaviour exports `connect(element)`; a file that does not is a library of others and is not listed.
"""

from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings

MARK = "export function connect("


class TwoBehavioursOfOneNameError(Exception):
    """Two apps have a behaviour of the same name, so that its attribute would be ambiguous."""


@cache
def found() -> dict[str, str]:
    """
    Return the static file of each behaviour by its name.

    :raises TwoBehavioursOfOneNameError: if a name is taken twice.
    """
    behaviours: dict[str, str] = {}
    for folder in _folders():
        for path in sorted(folder.glob("*/*.js")):
            if MARK not in path.read_text(encoding="utf8"):
                continue
            if path.stem in behaviours:
                raise TwoBehavioursOfOneNameError(path.stem)
            behaviours[path.stem] = f"{path.parent.name}/{path.name}"
    return behaviours


def _folders() -> list[Path]:
    ours = [Path(app.path) / "static" for app in apps.get_app_configs() if app.name.startswith("onegrid.")]
    return [*map(Path, settings.STATICFILES_DIRS), *ours]
