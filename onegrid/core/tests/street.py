"""Pictures of a street made by drawing: a face that reads as one, and a number plate of the Chinese kind."""

import io

from PIL import Image, ImageDraw, ImageFilter, ImageFont

SKIN, LIGHT, HAIR = (214, 168, 142), (236, 196, 172), (48, 34, 28)
BLUE = (18, 62, 168)
FACE_AT, PLATE_AT = (160, 110, 360, 380), (620, 420, 860, 490)  # left, top, right, bottom in the street


def street(*, faces=True, plates=True, size=(1000, 640)):
    """Wall, pavement, a person and a car, as much of them as a search looks at."""
    picture = Image.new("RGB", size, (168, 160, 150))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 470, *size), fill=(96, 96, 100))
    draw.rectangle((520, 300, 960, 540), fill=(186, 188, 192))
    draw.rectangle((520, 300, 960, 350), fill=(60, 66, 74))
    if faces:
        draw.rectangle((110, 400, 420, 640), fill=(50, 70, 110))
        picture.paste(face(), (FACE_AT[0] - 60, FACE_AT[1] - 70), face_mask())
    if plates:
        picture.paste(plate().resize((PLATE_AT[2] - PLATE_AT[0], PLATE_AT[3] - PLATE_AT[1])), PLATE_AT[:2])
    return picture.filter(ImageFilter.GaussianBlur(0.8))


def face():
    """A head from the front, lit from above, on a ground of 320 by 400."""
    head = Image.new("RGB", (320, 400), (168, 160, 150))
    draw = ImageDraw.Draw(head)
    draw.rectangle((120, 300, 200, 400), fill=(190, 146, 122))
    draw.ellipse((50, 30, 270, 330), fill=HAIR)
    draw.ellipse((45, 170, 75, 240), fill=SKIN)
    draw.ellipse((245, 170, 275, 240), fill=SKIN)
    draw.ellipse((62, 70, 258, 350), fill=SKIN)
    draw.ellipse((95, 90, 225, 170), fill=LIGHT)
    for middle in (115, 205):
        draw.ellipse((middle - 34, 170, middle + 34, 216), fill=(186, 138, 114))
        draw.ellipse((middle - 25, 182, middle + 25, 208), fill=(244, 240, 236))
        draw.ellipse((middle - 12, 182, middle + 12, 208), fill=(60, 40, 30))
        draw.ellipse((middle - 5, 189, middle + 5, 200), fill=(10, 8, 8))
        draw.line((middle - 34, 166, middle - 5, 156, middle + 32, 164), fill=HAIR, width=9)
    draw.polygon([(152, 190), (168, 190), (184, 258), (136, 258)], fill=(224, 180, 154))
    draw.ellipse((138, 244, 182, 266), fill=(196, 146, 122))
    draw.ellipse((144, 254, 154, 264), fill=(110, 70, 58))
    draw.ellipse((166, 254, 176, 264), fill=(110, 70, 58))
    draw.ellipse((112, 282, 208, 318), fill=(178, 84, 82))
    draw.line((114, 299, 160, 303, 206, 299), fill=(110, 44, 44), width=5)
    return head.filter(ImageFilter.GaussianBlur(3))


def face_mask():
    """What of the ground is head."""
    mask = Image.new("L", (320, 400), 0)
    draw = ImageDraw.Draw(mask)
    draw.ellipse((42, 24, 278, 356), fill=255)
    draw.rectangle((120, 300, 200, 400), fill=255)
    return mask.filter(ImageFilter.GaussianBlur(2))


def plate(text="C·8K362"):
    """A blue plate with a province's sign, white on blue, framed."""
    made = Image.new("RGB", (440, 140), BLUE)
    draw = ImageDraw.Draw(made)
    draw.rounded_rectangle((5, 5, 435, 135), radius=12, outline="white", width=4)
    for at, (width, height) in {(24, 30): (46, 6), (44, 26): (6, 84), (24, 62): (46, 6), (24, 92): (46, 6)}.items():
        draw.rectangle((*at, at[0] + width, at[1] + height), fill="white")
    draw.text((92, 22), text, font=ImageFont.load_default(96), fill="white")
    return made


def as_jpeg(picture, **saved):
    """A picture as a phone sends it."""
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=88, **saved)
    return written.getvalue()
