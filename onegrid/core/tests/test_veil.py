"""Covering faces and number plates: the real search, on a street composed for it, and what is left in the copy."""

import io

import pytest
from PIL import Image

from onegrid.core.media import veil
from onegrid.core.media.formats import JPEG
from onegrid.core.media.photos import read_photo
from onegrid.core.tests import street
from onegrid.core.tests.samples import picture

SIZE = (1000, 640)


@pytest.fixture(scope="session")
def upright():
    """The street as our decoder gives it, from a phone that was held sideways."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned to the left; to be shown turned to the right
    turned = street.street().transpose(Image.Transpose.ROTATE_90)
    return read_photo(io.BytesIO(street.as_jpeg(turned, exif=exif)), JPEG).public


@pytest.fixture(scope="session")
def found(upright):
    return veil.find_marks(upright)


@pytest.fixture(scope="session")
def covered(upright, found):
    return veil.veiled(upright, [(each.left, each.top, each.width, each.height) for each in found])


def covers(mark, area):
    """Tell whether a mark covers an area of the street, which is given in pixels."""
    left, top, right, bottom = area
    within = mark.left * SIZE[0] <= left and mark.top * SIZE[1] <= top
    return within and (mark.left + mark.width) * SIZE[0] >= right and (mark.top + mark.height) * SIZE[1] >= bottom


def opened(jpeg):
    return Image.open(io.BytesIO(jpeg)).convert("RGB")


def test_finds_the_face_and_the_plate_of_a_photo_taken_sideways(found):
    assert [each.kind for each in found if covers(each, street.FACE)] == [veil.FACE]
    assert [each.kind for each in found if covers(each, street.PLATE_AT)] == [veil.PLATE]


def test_finds_little_else(found):
    assert len(found) <= 4


def test_leaves_neither_to_be_found_again(covered):
    assert [each.kind for each in veil.find_marks(covered.public) if each.score > 0.3] == []


@pytest.mark.parametrize("area", [street.FACE, street.PLATE_AT])
def test_leaves_one_color_where_something_was(covered, area):
    left, top, right, bottom = area
    shades = opened(covered.public).crop((left + 8, top + 8, right - 8, bottom - 8)).getextrema()

    assert max(most - least for least, most in shades) <= 6, "what JPEG makes of one color"


def test_leaves_the_rest_as_it_was(upright, covered):
    wall = (700, 40, 960, 260)
    before, after = (opened(copy).crop(wall).resize((1, 1)).getpixel((0, 0)) for copy in (upright, covered.public))

    assert max(abs(one - other) for one, other in zip(before, after, strict=True)) <= 2


def test_draws_the_thumbnail_from_the_copy(covered):
    thumbnail = opened(covered.thumbnail)
    left, top, right, bottom = (round(side * thumbnail.width / SIZE[0]) for side in street.FACE)
    shades = thumbnail.crop((left + 4, top + 4, right - 4, bottom - 4)).getextrema()

    assert max(thumbnail.size) == 480
    assert max(most - least for least, most in shades) <= 12


def test_leaves_nothing_but_pixels(covered):
    assert [word for word in (b"Exif", b"http", b"ICC_PROFILE") if word in covered.public + covered.thumbnail] == []


@pytest.mark.parametrize("box", [(0, 0, 1, 1), (0.999, 0.999, 0.5, 0.5), (0.5, 0.5, 0, 0), (1, 1, 0.1, 0.1)])
def test_covers_at_the_edge_what_there_is(box):
    assert opened(veil.veiled(picture(), [box]).public).size == (60, 40)


def test_says_which_models_are_missing(monkeypatch):
    assert veil.missing_models() == []

    monkeypatch.setattr(veil, "MODELS", {veil.FACE: ("no_such_package", "face.onnx")})
    with pytest.raises(veil.CannotLookError) as refused:
        veil.find_marks(picture())

    assert (veil.missing_models(), refused.value.why) == (["no_such_package"], veil.Why.NO_MODEL)


@pytest.mark.parametrize(
    ("bound", "value", "why"),
    [("_MEMORY", 60 * 1024**2, veil.Why.BROKEN), ("_SECONDS", 0.05, veil.Why.TOO_LONG)],
)
def test_is_bounded_in_memory_and_time(monkeypatch, bound, value, why):
    monkeypatch.setattr(veil, bound, value)
    with pytest.raises(veil.CannotLookError) as refused:
        veil.find_marks(picture())

    assert refused.value.why == why


def test_does_not_take_what_is_no_picture():
    with pytest.raises(veil.CannotLookError) as refused:
        veil.find_marks(b"GIF89a and then nothing")

    assert refused.value.why == veil.Why.BROKEN
