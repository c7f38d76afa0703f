"""
Pictures of a street, composed of drawn things, a number plate of the Chinese kind, and one real face.

The face is that of the astronaut Eileen Collins, from a portrait by NASA that is in the public domain
(https://images.nasa.gov/details/s99_28020).
"""

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

ASTRONAUT = Path(__file__).parent / "pictures" / "astronaut.jpg"
BLUE = (18, 62, 168)
PERSON_AT, FACE, PLATE_AT = (160, 150), (213, 205, 305, 320), (620, 420, 860, 490)


def street(*, faces=True, plates=True, size=(1000, 640)):
    """Wall, pavement, a person and a car, as much of them as a search looks at."""
    picture = Image.new("RGB", size, (168, 160, 150))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 470, *size), fill=(96, 96, 100))
    draw.rectangle((520, 300, 960, 540), fill=(186, 188, 192))
    draw.rectangle((520, 300, 960, 350), fill=(60, 66, 74))
    if faces:
        draw.rectangle((130, 400, 390, 640), fill=(200, 90, 40))
        with Image.open(ASTRONAUT) as portrait:
            picture.paste(portrait, PERSON_AT)
    if plates:
        picture.paste(plate().resize((PLATE_AT[2] - PLATE_AT[0], PLATE_AT[3] - PLATE_AT[1])), PLATE_AT[:2])
    return picture.filter(ImageFilter.GaussianBlur(0.8))


def plate(text="C·8K362"):
    """A blue plate with a province's sign, white on blue, framed."""
    made = Image.new("RGB", (440, 140), BLUE)
    draw = ImageDraw.Draw(made)
    draw.rounded_rectangle((5, 5, 435, 135), radius=12, outline="white", width=4)
    for at, (width, height) in {(24, 30): (46, 6), (44, 26): (6, 84), (24, 62): (46, 6), (24, 92): (46, 6)}.items():
        draw.rectangle((*at, at[0] + width, at[1] + height), fill="white")
    draw.text((92, 22), text, font=ImageFont.load_default(80), fill="white")
    return made


def as_jpeg(picture, **saved):
    """A picture as a phone sends it."""
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=88, **saved)
    return written.getvalue()
