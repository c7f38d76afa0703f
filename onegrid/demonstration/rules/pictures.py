"""Drawn photos for simulated evidence: a street with a fault, and the same street mended. Marked as simulated."""

import io
import random
from enum import StrEnum

from PIL import Image, ImageDraw

SIZE = (960, 720)
HORIZON = 330


class Scene(StrEnum):
    """What a photo shows."""

    DRAIN = "drain"
    RUBBISH = "rubbish"
    STREET = "street"


_SCENES = {"daily.roads": Scene.DRAIN, "daily.drains": Scene.DRAIN, "daily.sanitation": Scene.RUBBISH}


def scene_of(category_code: str) -> Scene:
    """Return what a photo of such a matter shows: a street with a marked place, where nothing fits better."""
    return _SCENES.get(category_code.rpartition(".")[0], Scene.STREET)


def photo(number: int, scene: Scene, *, is_after: bool) -> bytes:
    """Return a JPEG of the street of one story, before or after."""
    draw = random.Random(number)  # noqa: S311 — a picture, not a secret
    image = Image.new("RGB", SIZE, (206, 216, 222))
    pen = ImageDraw.Draw(image)
    _houses(pen, draw)
    pen.rectangle((0, HORIZON, SIZE[0], 430), fill=(178, 170, 158))
    pen.rectangle((0, 430, *SIZE), fill=(110, 114, 118))
    for x in range(0, SIZE[0], 160):
        pen.polygon([(x, 560), (x + 80, 560), (x + 70, 572), (x - 10, 572)], fill=(210, 210, 206))
    x = draw.randint(280, 620)
    if scene == Scene.DRAIN:
        _drain(pen, x, is_after=is_after)
    elif not is_after:
        _mess(pen, x, draw, has_bags=scene == Scene.RUBBISH)
    pen.rectangle((0, SIZE[1] - 34, 250, SIZE[1]), fill=(24, 34, 46))
    pen.text((12, SIZE[1] - 27), "SIMULATED / OneGrid demo", fill=(255, 255, 255))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82)
    return out.getvalue()


def _houses(pen: ImageDraw.ImageDraw, draw: random.Random) -> None:
    x = 0
    while x < SIZE[0]:
        width, height = draw.randint(110, 220), draw.randint(150, 300)
        tone = draw.randint(150, 195)
        pen.rectangle((x, HORIZON - height, x + width - 6, HORIZON), fill=(tone, tone - 6, tone - 18))
        for window_x in range(x + 16, x + width - 40, 44):
            for window_y in range(HORIZON - height + 18, HORIZON - 50, 52):
                pen.rectangle((window_x, window_y, window_x + 24, window_y + 30), fill=(96, 118, 136))
        x += width


def _drain(pen: ImageDraw.ImageDraw, x: int, *, is_after: bool) -> None:
    pen.polygon([(x, 470), (x + 200, 470), (x + 170, 545), (x - 30, 545)], fill=(70, 74, 78), outline=(50, 52, 56))
    if is_after:
        for step in range(0, 200, 22):
            pen.line([(x + step, 472), (x + step - 28, 543)], fill=(140, 146, 150), width=6)
        return
    pen.polygon([(x + 60, 472), (x + 150, 474), (x + 110, 540), (x + 20, 542)], fill=(16, 18, 20))
    _cone(pen, x + 250)


def _mess(pen: ImageDraw.ImageDraw, x: int, draw: random.Random, *, has_bags: bool) -> None:
    if not has_bags:
        pen.rectangle((x, 486, x + 230, 500), fill=(226, 196, 60))
        _cone(pen, x - 30)
        _cone(pen, x + 216)
        return
    for _ in range(7):
        left, top, width = x + draw.randint(0, 170), draw.randint(440, 500), draw.randint(46, 84)
        tone = draw.randint(30, 90)
        pen.ellipse((left, top, left + width, top + width * 0.8), fill=(tone, tone + 6, tone + 10))
        pen.polygon(
            [(left + width / 2 - 6, top + 4), (left + width / 2 + 6, top + 4), (left + width / 2, top - 12)],
            fill=(tone + 20, tone + 26, tone + 30),
        )


def _cone(pen: ImageDraw.ImageDraw, cone: int) -> None:
    pen.polygon([(cone, 520), (cone + 22, 440), (cone + 44, 520)], fill=(214, 96, 40))
    pen.polygon([(cone + 11, 480), (cone + 33, 480), (cone + 38, 496), (cone + 6, 496)], fill=(244, 240, 232))
