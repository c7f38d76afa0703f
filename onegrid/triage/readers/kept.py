"""
The kept model, read when it is first asked for and again when it has been replaced.

The manifest names the file and its hash; a file whose hash is another is not
even opened, and suggestions fall back to the catalogue's own words.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings

from onegrid.triage.rules.model import Model, UnreadableModelError, unpacked

log = logging.getLogger(__name__)
MANIFEST = "categories.json"


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Kept:
    """A model with what its manifest says of it."""

    model: Model
    manifest: Mapping[str, Any]


class _Shelf:
    """What this process has read, and of which manifest."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.stamp: tuple[str, int, int] | None = None
        self.held: Kept | None = None


_shelf = _Shelf()


def kept_model() -> Kept | None:
    """Return the model in use; nothing if none was trained, or what lies there is not what was kept."""
    stamp = _stamp(folder() / MANIFEST)
    if stamp != _shelf.stamp:
        with _shelf.lock:
            if stamp != _shelf.stamp:
                _shelf.held = read_model() if stamp else None
                _shelf.stamp = stamp
    return _shelf.held


def read_model() -> Kept | None:
    """Read the model from its folder, if it is the one that the manifest speaks of."""
    try:
        manifest = json.loads((folder() / MANIFEST).read_text(encoding="utf8"))
        content = (folder() / Path(str(manifest["file"])).name).read_bytes()
        if sha256(content).hexdigest() != manifest["sha256"]:
            log.error("triage.model_refused", extra={"why": "its hash is not the one in the manifest"})
            return None
        return Kept(model=unpacked(content), manifest=manifest)
    except (OSError, ValueError, KeyError, TypeError, UnreadableModelError) as error:
        log.error("triage.model_refused", extra={"why": type(error).__name__})  # noqa: TRY400 — a sentence is enough
        return None


def folder() -> Path:
    """Return where models lie."""
    return Path(settings.MODELS)


def _stamp(manifest: Path) -> tuple[str, int, int] | None:
    try:
        found = manifest.stat()
    except OSError:
        return None
    return str(manifest), found.st_mtime_ns, found.st_ino
