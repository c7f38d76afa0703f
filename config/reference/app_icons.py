"""
The icons of the installed report page, drawn from the one drawing of the site in the sizes that phones want.

iPhones take `apple-touch-icon` and cut its corners themselves. Android cuts a maskable icon to whatever shape the phone
has; only a circle of four fifths of its side is always seen. Nothing is transparent: iPhones would show it in black.
"""

from dataclasses import dataclass
from pathlib import Path

import typst

STATIC = Path(__file__).parents[2] / "static"
DRAWING = STATIC / "core" / "icon.svg"
INK, WHITE = "#1b5c9b", "#ffffff"
_PAGE = """
#set page(width: {size}pt, height: {size}pt, margin: 0pt, fill: rgb("{ground}"))
#place(center + horizon, image(bytes(sys.inputs.drawing), format: "svg", width: {share}%))
"""


@dataclass(frozen=True)
class AppIcon:
    """One picture: the file under the static folder, its side in pixels, how much of that the drawing takes."""

    name: str
    size: int
    share: int  # percent


ICONS = (
    AppIcon("core/app-180.png", 180, 68),
    AppIcon("core/app-192.png", 192, 68),
    AppIcon("core/app-512.png", 512, 68),
    AppIcon("core/app-maskable-512.png", 512, 54),  # its corners lie inside the circle
)


def drawn(icon: AppIcon) -> bytes:
    """Return an icon as a PNG file: the drawing in white on the color of the site."""
    page = _PAGE.format(size=icon.size, share=icon.share, ground=INK).encode()
    drawing = DRAWING.read_text(encoding="utf8").replace(INK, WHITE)
    picture = typst.compile(page, format="png", ppi=72.0, sys_inputs={"drawing": drawing})
    assert isinstance(picture, bytes)
    return picture
