"""
Read one photo in a process of its own: bounded in time and memory, without secrets, and free to crash.

Run by `photos.read_photo` as a plain script, so it imports nothing of ours. It
takes the photo on its standard input and writes a line of JSON, the copy for
the public and the thumbnail on its standard output. Both are drawn anew from
pixels alone: nothing that the file said besides them is carried over.
"""

import io
import json
import math
import resource
import struct
import sys
import warnings
from typing import Any

from PIL import Image, WebPImagePlugin  # noqa: F401  # Pillow loads WebP only when asked

SECONDS = 10
PUBLIC_SIDE = 2000
THUMBNAIL_SIDE = 480
TOO_LARGE = 3
DAMAGED = 4
# What Pillow is known to raise for files that are not what they say.
BROKEN = (
    OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError, EOFError, ArithmeticError,
    struct.error, MemoryError,
)  # fmt: skip

ORIENTATION, EXIF, GPS = 0x0112, 0x8769, 0x8825
TAKEN, TAKEN_OFFSET = 0x9003, 0x9011
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def main() -> None:
    """Read the photo, or leave with a code that says why not."""
    pillow_format, (most_pixels, memory) = sys.argv[1], map(int, sys.argv[2:])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = most_pixels
    try:
        facts, public, thumbnail = read(sys.stdin.buffer.read(), pillow_format)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        sys.exit(TOO_LARGE)
    except BROKEN:
        sys.exit(DAMAGED)
    facts |= {"public": len(public), "thumbnail": len(thumbnail)}
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + public + thumbnail)


def read(data: bytes, pillow_format: str) -> tuple[dict[str, Any], bytes, bytes]:
    """Return what the photo says of itself, its copy for the public, and its thumbnail."""
    with Image.open(io.BytesIO(data), formats=[pillow_format]) as image:
        width, height = image.size
        image.draft("RGB", (PUBLIC_SIDE, PUBLIC_SIDE))  # a large JPEG is read at a half, a quarter or an eighth
        image.load()
        facts, orientation = said(image)
        picture = drawn_anew(image, TURNS.get(orientation))
    facts["width"], facts["height"] = (height, width) if orientation >= 5 else (width, height)
    public = jpeg(picture)
    picture.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return facts, public, jpeg(picture)


def drawn_anew(image: Image.Image, turn: Image.Transpose | None) -> Image.Image:
    """Return the pixels, upright, within the public's size, on white, and nothing but the pixels."""
    if image.mode.startswith("I"):
        image = image.point(lambda value: value / 256).convert("L")  # 16 bits of gray
    elif image.mode not in {"L", "RGB", "RGBA"}:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((PUBLIC_SIDE, PUBLIC_SIDE))
    if turn is not None:
        image = image.transpose(turn)
    picture = Image.new("RGB", image.size, "white")
    picture.paste(image, mask=image if image.mode == "RGBA" else None)
    return picture


def jpeg(picture: Image.Image) -> bytes:
    """Return a picture as a JPEG."""
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=82, optimize=True, progressive=True)
    return written.getvalue()


def said(image: Image.Image) -> tuple[dict[str, Any], int]:
    """Return when and where the photo says it was taken, as far as it can be read, and how it is turned."""
    facts: dict[str, Any] = {"taken": "", "offset": "", "lon": None, "lat": None}
    orientation = 1
    try:
        exif = image.getexif()
        turned = exif.get(ORIENTATION, 1)
        orientation = turned if turned in TURNS else 1
        details = exif.get_ifd(EXIF)
        facts["taken"], facts["offset"] = text(details.get(TAKEN)), text(details.get(TAKEN_OFFSET))
        gps = exif.get_ifd(GPS)
        facts["lat"] = degrees(gps.get(2), text(gps.get(1)), "NS")
        facts["lon"] = degrees(gps.get(4), text(gps.get(3)), "EW")
    except BROKEN:
        pass
    return facts, orientation


def text(value: object) -> str:
    """Return a short text, empty for anything else."""
    return value[:40].strip("\0 ") if isinstance(value, str) else ""


def degrees(parts: Any, side: str, sides: str) -> float | None:  # noqa: ANN401  # whatever the file holds there
    """Return degrees, minutes and seconds as one number, negative in the south and west."""
    if not isinstance(parts, tuple) or len(parts) != 3 or side not in set(sides):
        return None
    whole, minutes, seconds = (float(part) for part in parts)
    value = whole + minutes / 60 + seconds / 3600
    return (-value if side == sides[1] else value) if math.isfinite(value) else None


if __name__ == "__main__":
    main()
