"""How long a recording lasts, read without decoding it; and that too long a one is refused in the sender's language."""

import io
import struct
import time

import pytest
from django.utils.translation import override

from onegrid.core.media.formats import UnacceptableFileError
from onegrid.core.media.lengths import require_short, seconds_of, spoken_limit
from onegrid.core.media.upload import inspect_upload
from onegrid.core.tests import samples
from onegrid.core.tests.samples import box, element

LONG = 1000  # a limit that none of these reaches


def length(content, *, most=LONG):
    return seconds_of(inspect_upload(io.BytesIO(content)), most=most)


def head(scale, ticks):
    return bytes(12) + struct.pack(">II", scale, ticks)


def long_head(scale, ticks):
    return b"\x01" + bytes(19) + struct.pack(">IQ", scale, ticks)


def film(*, said=0, track=0, mdhd=head, tail=b"", more=b""):
    """An MP4 whose head says so many seconds, and its one track so many."""
    tkhd = box(b"tkhd", bytes(12) + struct.pack(">I", 1) + bytes(60))
    mdia = box(b"mdia", box(b"mdhd", mdhd(600, 600 * track)) + box(b"hdlr", bytes(8) + b"vide" + bytes(12)))
    moov = box(b"moov", box(b"mvhd", head(1000, 1000 * said)) + box(b"trak", tkhd + mdia) + more)
    return box(b"ftyp", b"isom" + bytes(4) + b"isom") + moov + tail + box(b"mdat", b"...")


def fragment(*, begin=None, runs=(), default=0):
    """A piece of a film as browsers stream it, of track 1."""
    tfhd = box(b"tfhd", struct.pack(">III", 0x8 if default else 0, 1, default)[: 12 if default else 8])
    tfdt = box(b"tfdt", struct.pack(">II", 0, begin)) if begin is not None else b""
    return box(b"moof", box(b"traf", tfhd + tfdt + b"".join(box(b"trun", run) for run in runs)))


def timed_run(*lasts):
    return struct.pack(">II", 0x100, len(lasts)) + b"".join(struct.pack(">I", each) for each in lasts)


def voice(*clusters, info=b""):
    """A WebM as a browser records it: of unknown length, in clusters of unknown length, with blocks at milliseconds."""
    unknown = b"\x01" + b"\xff" * 7
    tracks = element(b"\x16\x54\xae\x6b", element(b"\xae", element(b"\x83", b"\x02")))
    body = b"".join(
        b"\x1f\x43\xb6\x75" + unknown + element(b"\xe7", struct.pack(">I", begin))
        + b"".join(element(b"\xa3", b"\x81" + struct.pack(">h", at) + b"\x80sound") for at in blocks)
        for begin, blocks in clusters
    )  # fmt: skip
    start = element(b"\x1a\x45\xdf\xa3", element(b"\x42\x82", b"webm"))
    return start + b"\x18\x53\x80\x67" + unknown + (element(b"\x15\x49\xa9\x66", info) if info else b"") + tracks + body


def opus(seconds):
    page = b"OggS\x00\x02" + bytes(20) + b"\x01\x13OpusHead" + bytes(11)
    return page + b"OggS\x00\x04" + struct.pack("<q", 48_000 * seconds) + bytes(12) + b"\x01\x01x"


def wav(seconds):
    sound = struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8) + b"data" + struct.pack("<I", 8000 * seconds)
    return b"RIFF" + struct.pack("<I", len(sound) + 8000 * seconds + 8) + b"WAVEfmt " + sound + bytes(8000 * seconds)


MP3_FRAME, MP3_LASTS = b"\xff\xfb\x90\x00" + bytes(413), 1152 / 44100
AAC_FRAME, AAC_LASTS = b"\xff\xf1\x50\x80\x04\x1f\xfc" + bytes(25), 1024 / 44100
AMR_FRAME = b"\x3c" + bytes(31)


@pytest.mark.parametrize(
    ("content", "seconds"),
    [
        (film(said=7), 7),
        (film(said=1, track=9), 9),  # whoever makes the head lie has the track say it
        (film(track=8, mdhd=long_head), 8),
        (film(tail=fragment(begin=6000, default=20, runs=[struct.pack(">II", 0, 30)])), 11),
        (film(tail=fragment(runs=[timed_run(300, 300)]) + fragment(runs=[timed_run(600)])), 2),
        (film(tail=fragment(runs=[struct.pack(">II", 0, 60)]),
              more=box(b"mvex", box(b"trex", struct.pack(">IIII", 0, 1, 1, 20) + bytes(8)))), 2),
        (voice((0, [0, 900]), (5000, [0, 2500])), 7.5),
        (voice((0, [0]), info=element(b"\x44\x89", struct.pack(">d", 12_000))), 12),
        (voice((0, [0]), info=element(b"\x44\x89", struct.pack(">d", float("nan")))), 0.0013),
        (opus(31), 31),
        (wav(4), 4),
        (MP3_FRAME * 100, 100 * MP3_LASTS),
        (AAC_FRAME * 100, 100 * AAC_LASTS),
        (b"#!AMR\n" + AMR_FRAME * 200, 4),
    ],
)  # fmt: skip
def test_each_format_says_how_long_it_is(content, seconds):
    assert length(content) == pytest.approx(seconds, abs=0.02)


@pytest.mark.parametrize("content", [samples.AMR, samples.AAC, samples.MP3, samples.WAV, samples.ogg(b"Speex   ")])
def test_the_smallest_of_each_are_short(content):
    assert length(content) < 1


def test_padding_between_frames_hides_nothing():
    assert length(MP3_FRAME * 50 + bytes(3000) + MP3_FRAME * 50) == pytest.approx(100 * MP3_LASTS, abs=0.02)
    assert length(MP3_FRAME * 50 + bytes(200_000)) > 10  # what cannot be read stands for as much as was read


def test_a_sound_that_does_not_say_is_measured_by_its_size():
    assert length(film(tail=box(b"free", bytes(320_000))).replace(b"vide", b"soun")) == pytest.approx(10, abs=0.1)


def test_a_walk_ends_where_the_limit_is_passed():
    assert 5 < length(MP3_FRAME * 5000, most=2) < 5.1


@pytest.mark.parametrize(
    "content",
    [
        film(tail=fragment(runs=[struct.pack(">II", 0x100, 2**32 - 1)])),  # more samples than there is room for
        film(said=3, tail=box(b"moof", box(b"traf", box(b"tfhd", b"")))),
        voice((0, [0] * 3000)) * 9,
    ],
)
def test_what_is_made_to_keep_us_busy_does_not(content):
    begun = time.perf_counter()
    length(content)

    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize(
    ("language", "content", "said"),
    [
        ("en", film(said=130), "longer than 2 minutes"),
        ("zh-hans", film(said=130), "视频超过 2 分钟"),
        ("zh-hant", opus(400), "超過 5 分鐘"),
    ],
)
def test_too_long_a_one_is_refused_in_words(language, content, said):
    with override(language), pytest.raises(UnacceptableFileError) as refused:
        require_short(inspect_upload(io.BytesIO(content)))

    assert said in str(refused.value)


@pytest.mark.parametrize("content", [film(said=121), opus(299), samples.photo(), samples.PDF])
def test_what_is_short_enough_or_no_recording_passes_and_can_be_read_from_its_beginning(content):
    upload = require_short(inspect_upload(io.BytesIO(content)))

    assert upload.content.read() == content


def test_a_limit_is_said_in_minutes_where_these_are_whole():
    with override("en"):
        assert [spoken_limit(seconds) for seconds in (1, 60, 90, 300)] == [
            "1 second", "1 minute", "90 seconds", "5 minutes",
        ]  # fmt: skip
