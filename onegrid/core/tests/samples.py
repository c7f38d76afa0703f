"""Small files of every kind, made by hand, as people and phones send them."""

import io
import struct
import zipfile
from pathlib import Path

from PIL import Image

FIXTURES = Path(__file__).parents[3] / "../shared/data/fixtures/images"
ABSENT = "the public test images are not beside this checkout (../shared/data/fixtures/images)"

OUHAI = ((27.0, 54.0, 36.0), (120.0, 36.0, 18.0))  # latitude, longitude
OFFICE = "application/vnd.openxmlformats-officedocument"
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
AMR = b"#!AMR\n" + b"\x3c" + bytes(31)
AAC = (b"\xff\xf1\x50\x80\x04\x1f\xfc" + bytes(25)) * 3
MP3_FRAMES = (b"\xff\xfb\x90\x00" + bytes(413)) * 4
MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10) + MP3_FRAMES
SOUND = struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8) + b"data\x08\x00\x00\x00" + bytes(8)
WAV = b"RIFF" + struct.pack("<I", 8 + len(SOUND)) + b"WAVEfmt " + SOUND
ELF = b"\x7fELF\x02\x01\x01" + bytes(57)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><title>x</title>"


def picture(image_format="JPEG", *, size=(60, 40), mode="RGB", **saved):
    """A picture, blue on its left half and red on its right."""
    image = Image.new(mode, size, "red")
    image.paste(Image.new(mode, (size[0] // 2, size[1]), "blue"))
    written = io.BytesIO()
    image.save(written, image_format, **saved)
    return written.getvalue()


def exif(*, taken="2026:11:24 09:30:00", offset="+08:00", where=OUHAI, orientation=1):
    """EXIF as a phone writes it."""
    said = Image.Exif()
    said[0x0112], said[0x010F] = orientation, "SecretPhone"
    details = said.get_ifd(0x8769)
    details[0x9003] = taken
    if offset:
        details[0x9011] = offset
    if where:
        gps = said.get_ifd(0x8825)
        gps[1], gps[2], gps[3], gps[4] = "N", where[0], "E", where[1]
    return said


def photo(**said):
    """A photo that tells where it was taken, in EXIF, XMP and a comment."""
    return picture(exif=exif(**said), xmp=b"<x:xmpmeta>SecretPlace</x:xmpmeta>", comment=b"SecretComment")


def box(name, contents=b""):
    return struct.pack(">I", 8 + len(contents)) + name + contents


def mp4(*handlers, brand=b"isom"):
    """An MP4 with one track per handler (`vide`, `soun`)."""
    tracks = b"".join(
        box(b"trak", box(b"tkhd", bytes(20)) + box(b"mdia", box(b"hdlr", bytes(8) + handler + bytes(12))))
        for handler in handlers
    )
    moov = box(b"moov", box(b"mvhd", bytes(20)) + tracks)
    return box(b"ftyp", brand + bytes(4) + brand) + moov + box(b"mdat", b"...")


def element(name, contents):
    return name + bytes([0x80 | len(contents)]) + contents


def webm(*track_types, doc_type=b"webm"):
    """A WebM as a browser records it, of unknown length, with one track per type (1 film, 2 sound)."""
    tracks = b"".join(element(b"\xae", element(b"\x83", bytes([kind]))) for kind in track_types)
    segment = element(b"\x16\x54\xae\x6b", tracks) + b"\x1f\x43\xb6\x75\x01\xff\xff\xff\xff\xff\xff\xff" + bytes(40)
    head = element(b"\x1a\x45\xdf\xa3", element(b"\x42\x82", doc_type))
    return head + b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff" + segment


def ogg(codec=b"OpusHead"):
    return b"OggS\x00\x02" + bytes(20) + b"\x01\x13" + codec + bytes(11)


def archive(**files):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return written.getvalue()


def docx(*, macros=False):
    kind = "application/vnd.ms-word.document.macroEnabled" if macros else f"{OFFICE}.wordprocessingml.document"
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{kind}.main+xml"/></Types>'
    return archive(**{"[Content_Types].xml": types, "word/document.xml": "<w:document/>"})


def xlsx():
    kind = f"{OFFICE}.spreadsheetml.sheet"
    types = f'<Types><Override PartName="/xl/workbook.xml" ContentType="{kind}.main+xml"/></Types>'
    return archive(**{"[Content_Types].xml": types, "xl/workbook.xml": "<workbook/>"})
