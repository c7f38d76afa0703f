"""Looking into an upload: what it is, by its own bytes."""

import hashlib
import io
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from PIL import Image

from onegrid.core.media.upload import inspect_upload
from onegrid.core.tests import samples

ACCEPTED = {
    "image/jpeg": samples.picture("JPEG"),
    "image/png": samples.picture("PNG"),
    "image/webp": samples.picture("WEBP"),
    "image/gif": samples.picture("GIF"),
    "audio/mp4": samples.mp4(b"soun", brand=b"M4A "),
    "audio/aac": samples.AAC,
    "audio/mpeg": samples.MP3,
    "audio/ogg": samples.ogg(),
    "audio/wav": samples.WAV,
    "audio/webm": samples.webm(2),
    "audio/amr": samples.AMR,
    "video/mp4": samples.mp4(b"vide", b"soun"),
    "video/quicktime": samples.mp4(b"soun", b"vide", brand=b"qt  "),
    "video/webm": samples.webm(1, 2),
    "application/pdf": samples.PDF,
    f"{samples.OFFICE}.wordprocessingml.document": samples.docx(),
    f"{samples.OFFICE}.spreadsheetml.sheet": samples.xlsx(),
    "text/plain; charset=utf-8": "井盖断了\r\n\t请修".encode(),
    "text/plain; charset=gb18030": "井盖断了，请尽快来修。".encode("gb18030"),
}


def inspect(data, **given):
    return inspect_upload(io.BytesIO(data), **given)


@pytest.mark.parametrize("media_type", ACCEPTED)
def test_knows_the_type_from_the_bytes(media_type):
    assert inspect(ACCEPTED[media_type], name="lie.exe").media_type == media_type


@pytest.mark.parametrize("media_type", ACCEPTED)
def test_puts_each_type_under_its_kind(media_type):
    family = media_type.partition("/")[0]

    kinds = {"image": "photo", "audio": "audio", "video": "video"}
    assert inspect(ACCEPTED[media_type]).kind == kinds.get(family, "document")


def test_hashes_and_measures_the_file_as_it_is():
    data = samples.picture()

    upload = inspect(data)

    assert (upload.size, upload.sha256) == (len(data), hashlib.sha256(data).hexdigest())


def test_takes_an_mp3_without_tags():
    assert inspect(samples.MP3_FRAMES).media_type == "audio/mpeg"


def test_takes_a_sound_in_an_mp4_for_a_sound():
    assert inspect(samples.mp4(b"soun", brand=b"mp42")).media_type == "audio/mp4"


def test_takes_a_file_of_a_form_in_memory():
    sent = SimpleUploadedFile("门前.png", samples.picture(), content_type="image/png")

    assert (inspect_upload(sent).media_type, inspect_upload(sent).name) == ("image/jpeg", "门前.jpg")


def test_takes_a_large_file_of_a_form_from_the_disk():
    with TemporaryUploadedFile("a.mp4", "video/mp4", 0, None) as sent:
        sent.write(samples.mp4(b"vide"))

        assert inspect_upload(sent).media_type == "video/mp4"


@pytest.mark.parametrize(
    ("claimed", "kept"),
    [
        ("现场 照片.HEIC", "现场 照片.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\lin\\a.b.jpg", "a.b.jpg"),
        ("invoice\u202egpj.exe", "invoicegpj.jpg"),
        ("a\r\nSet-Cookie: x.png", "aSet-Cookie: x.jpg"),
        ("", "photo.jpg"),
        ("..", "photo.jpg"),
        ("长" * 300, "长" * 100 + ".jpg"),
    ],
)
def test_cleans_the_name_it_came_with(claimed, kept):
    assert inspect(samples.picture(), name=claimed).name == kept


def test_reads_when_and_where_a_photo_was_taken():
    photo = inspect(samples.photo()).photo

    assert photo.taken_at == datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
    assert photo.place == pytest.approx((120.605, 27.91))


def test_takes_a_clock_without_zone_for_the_districts():
    assert inspect(samples.photo(offset="")).photo.taken_at == datetime(2026, 11, 24, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "said",
    [
        {"taken": "yesterday", "where": ((91.0, 0.0, 0.0), (120.0, 0.0, 0.0))},
        {"taken": "0000:00:00 00:00:00", "where": ((0.0, 0.0, 0.0), (0.0, 0.0, 0.0))},
        {"taken": "1970:01:01 00:00:00", "where": ((27.0, 0.0), (120.0, 0.0))},
        {"taken": "2026:11:24 09:30:00", "offset": "+99:99", "where": None},
    ],
)
def test_leaves_out_a_time_and_place_that_cannot_be(said):
    photo = inspect(samples.photo(**said)).photo

    assert (photo.taken_at, photo.place) == (None, None)


def test_turns_a_photo_upright():
    photo = inspect(samples.photo(orientation=6)).photo
    copy = Image.open(io.BytesIO(photo.public))

    assert (photo.width, photo.height) == copy.size == (40, 60)
    assert copy.getpixel((20, 5))[2] > 200, "blue was on the left, and is now on top"


def test_draws_copies_of_two_sizes():
    photo = inspect(samples.picture(size=(3000, 1500))).photo

    copies = [Image.open(io.BytesIO(data)).size for data in (photo.public, photo.thumbnail)]
    assert (photo.width, photo.height, *copies) == (3000, 1500, (2000, 1000), (480, 240))


@pytest.mark.parametrize(
    "data",
    [
        samples.picture("PNG", mode="RGBA"),
        samples.picture("PNG", mode="LA"),
        samples.picture("PNG", mode="P"),
        samples.picture("PNG", mode="I;16"),
        samples.picture("JPEG", mode="CMYK"),
        samples.picture("WEBP", mode="RGBA"),
        samples.picture("GIF", mode="P", save_all=True, append_images=[Image.new("P", (60, 40))]),
    ],
    ids=["rgba", "gray with transparency", "palette", "16 bits", "cmyk", "webp", "animation"],
)
def test_draws_photos_of_every_mode(data):
    assert Image.open(io.BytesIO(inspect(data).photo.public)).mode == "RGB"
