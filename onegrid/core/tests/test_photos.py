"""Reading photos: hostile files from the tests of image libraries, and what is left in the copies."""

import io
import time
from contextlib import nullcontext

import pytest

from onegrid.core.errors import InvalidInputError
from onegrid.core.media import photos
from onegrid.core.media.upload import inspect_upload
from onegrid.core.tests import samples

FILES = sorted(samples.FIXTURES.iterdir()) if samples.FIXTURES.is_dir() else []
WITH_EXIF = [path for path in FILES if "exif" in path.name and path.name != "truncated_exif_dpi.jpg"]
SECRETS = (b"Exif", b"SecretPhone", b"SecretPlace", b"SecretComment", b"ns.adobe.com", b"ICC_PROFILE", b"Photoshop")
SOUND = {
    "bad_palette_entry.gpl", "bad_palette_file.gpl", "broken_exif_dpi.jpg", "decompression_bomb_extents.gif",
    "empty_gps_ifd.jpg", "exif_gps.jpg", "exif_gps_typeerror.jpg", "hopper_bad.p7", "hopper_bad_exif.jpg",
    "invalid-exif-without-x-resolution.jpg", "invalid-exif.jpg", "truncated_app14.jpg", "truncated_exif_dpi.jpg",
}  # fmt: skip
NO_FILES = pytest.param(None, marks=pytest.mark.skip(reason=samples.ABSENT))

# Without the images the tests below are skipped by name.
ALL = [pytest.param(path, id=path.name) for path in FILES] or [NO_FILES]
EXIF = [pytest.param(path, id=path.name) for path in WITH_EXIF] or [NO_FILES]


def segments(jpeg):
    """The markers of a JPEG before its pixels."""
    at, found = 2, []
    while jpeg[at + 1] != 0xDA:
        found.append(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return set(found)


@pytest.mark.parametrize("path", ALL)
def test_accepts_or_refuses_every_hostile_image_soon_and_cheaply(path, monkeypatch):
    monkeypatch.setattr(photos, "_MEMORY", 300 * 1024 * 1024)
    expected = nullcontext() if path.name in SOUND else pytest.raises(InvalidInputError)
    began = time.monotonic()

    with path.open("rb") as sent, expected:
        inspect_upload(sent)

    assert time.monotonic() - began < 2


@pytest.mark.parametrize("path", EXIF)
def test_leaves_nothing_but_pixels_of_public_test_images(path):
    with path.open("rb") as sent:
        photo = inspect_upload(sent).photo

    assert [secret for secret in SECRETS if secret in photo.public + photo.thumbnail] == []


@pytest.mark.parametrize("copy", ["public", "thumbnail"])
def test_leaves_nothing_but_pixels_of_a_photo_with_a_place(copy):
    photo = inspect_upload(io.BytesIO(samples.photo())).photo
    drawn = getattr(photo, copy)

    assert [secret for secret in SECRETS if secret in drawn] == []
    assert segments(drawn) <= {0xE0, 0xDB, 0xC2, 0xC4}, "only JFIF, tables and the frame"


def test_refuses_a_photo_that_needs_more_memory_than_there_is(monkeypatch):
    monkeypatch.setattr(photos, "_MEMORY", 100 * 1024 * 1024)

    with pytest.raises(InvalidInputError):
        inspect_upload(io.BytesIO(samples.picture("PNG", size=(8000, 6200), mode="RGBA")))


def test_reads_the_largest_photo_within_bounds():
    photo = inspect_upload(io.BytesIO(samples.picture("PNG", size=(8000, 6200), mode="RGBA"))).photo

    assert photo.width * photo.height == 49_600_000
