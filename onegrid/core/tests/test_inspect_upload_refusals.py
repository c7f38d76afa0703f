"""Looking into an upload: what is turned away, and with which words."""

import io
import re

import pytest
from django.utils import translation

from onegrid.core.media import photos
from onegrid.core.media.formats import UnacceptableFileError
from onegrid.core.media.upload import inspect_upload
from onegrid.core.tests import samples

NOT_ACCEPTED = {
    "svg": samples.SVG,
    "html": samples.HTML,
    "html after a byte order mark": b"\xef\xbb\xbf\n" + samples.HTML,
    "xml": b'<?xml version="1.0"?><a/>',
    "executable": samples.ELF,
    "windows program": b"MZ\x90\x00" + bytes(60),
    "shell script": b"#!/bin/sh\nrm -rf /\n",
    "archive": samples.archive(a="b"),
    "tiff": b"II*\x00" + bytes(60),
    "jpeg 2000": b"\x00\x00\x00\x0cjP  \r\n\x87\n" + bytes(40),
    "film without sound or picture": samples.mp4(b"text"),
    "matroska": samples.webm(1, doc_type=b"matroska"),
    "ogg film": samples.ogg(b"\x80theora"),
    "avif": samples.box(b"ftyp", b"avif" + bytes(4) + b"avif"),
    "noise": bytes(range(256)) * 4,
    "rtf": b"{\\rtf1 x}",
    "3gp": samples.mp4(b"vide", brand=b"3gp4"),
    "avi": b"RIFF\x20\x00\x00\x00AVI LIST" + bytes(40),
}
AMBIGUOUS = {
    "GIF and JavaScript": b"GIF89a/*" + samples.picture("GIF")[8:] + b"*/=1;alert(1)",
    "JPEG and JavaScript": b"\xff\xd8\xff\xe0/*" + bytes(0x2F2A) + samples.picture()[2:],
    "PDF and ZIP": samples.PDF + samples.archive(a="b"),
    "JPEG and ZIP": samples.picture() + samples.archive(a="b"),
    "JPEG and PDF": samples.picture(comment=b"\n%PDF-1.4\n"),
    "JPEG and HTML": samples.picture(comment=b"<script>alert(1)</script>"),
    "MP4 and HTML": samples.mp4(b"vide")[:20] + samples.box(b"free", samples.HTML) + samples.mp4(b"vide")[20:],
    "WAV and ZIP": samples.WAV + samples.archive(a="b"),
    "text and PDF": b"hello\n%PDF-1.4\n",
    "text and HTML": b"hello <script>alert(1)</script>",
}
DAMAGED = {
    "jpeg": samples.picture(size=(600, 400), quality=95)[:2000],
    "png": samples.picture("PNG")[:60],
    "webp": samples.picture("WEBP")[:40],
    "gif": b"GIF89a\x10\x00\x10\x00",
    "mp4": samples.mp4(b"vide")[:-2],
    "mp4 without tracks": samples.mp4(),
    "webm": samples.webm(1)[:30],
    "pdf": samples.PDF[:20],
    "docx": samples.docx()[:-30],
    "wav": samples.WAV[:20],
}


def refusal(data):
    with pytest.raises(UnacceptableFileError) as caught, translation.override("en"):
        inspect_upload(io.BytesIO(data))
    return str(caught.value)


@pytest.mark.parametrize("name", NOT_ACCEPTED)
def test_refuses_what_is_not_on_the_list(name):
    assert "is not accepted" in refusal(NOT_ACCEPTED[name])


@pytest.mark.parametrize("name", AMBIGUOUS)
def test_refuses_what_can_be_read_as_two_things(name):
    assert "two things at once" in refusal(AMBIGUOUS[name])


@pytest.mark.parametrize("name", DAMAGED)
def test_refuses_what_is_cut_off(name):
    assert "damaged or incomplete" in refusal(DAMAGED[name])


def test_refuses_an_empty_file():
    assert refusal(b"") == "The file is empty."


def test_refuses_a_file_over_the_limit(settings):
    settings.UPLOAD_LIMIT = 2 * 1024 * 1024

    assert refusal(samples.picture() + bytes(2 * 1024 * 1024)) == "The file is larger than 2 MB. Make it smaller."


def test_lets_a_video_be_larger_than_a_photo(settings):
    settings.UPLOAD_LIMIT = 10

    assert inspect_upload(io.BytesIO(samples.mp4(b"vide"))).media_type == "video/mp4"


def test_refuses_a_video_over_its_own_limit(settings):
    settings.VIDEO_LIMIT = 10

    assert "larger than" in refusal(samples.mp4(b"vide"))


def test_refuses_macros():
    assert "macros" in refusal(samples.docx(macros=True))


def test_says_what_to_do_with_a_heic_photo():
    assert "Most compatible" in refusal(samples.box(b"ftyp", b"heic" + bytes(4) + b"mif1heic"))


def test_does_not_call_a_jpeg_2000_a_jpeg():
    assert re.search(r"\(JPEG.?2000", refusal(NOT_ACCEPTED["jpeg 2000"]))


def test_refuses_a_photo_with_too_many_pixels():
    assert "50 million" in refusal(samples.picture("PNG", size=(8000, 6300), mode="1"))


def test_refuses_a_photo_that_takes_too_long(monkeypatch):
    monkeypatch.setattr(photos, "_SECONDS", 0.001)

    assert "too long" in refusal(samples.picture())


def test_speaks_the_language_of_the_reader():
    with pytest.raises(UnacceptableFileError, match="文件是空的"), translation.override("zh-hans"):
        inspect_upload(io.BytesIO(b""))
