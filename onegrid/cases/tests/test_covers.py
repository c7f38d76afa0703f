"""What is covered in a photo, and what becomes of it when officers draw, lift and cover again."""

import pytest

from onegrid.cases.rules.covers import (
    Cover,
    CoverChange,
    as_kept,
    boxes,
    changed,
    is_possible,
    overlap,
    read_covers,
    with_found,
)

FACE = Cover(number=1, kind="face", left=0.1, top=0.1, width=0.2, height=0.2, score=0.9)
PLATE = Cover(number=2, kind="plate", left=0.6, top=0.7, width=0.2, height=0.1, score=0.8)


def test_a_lifted_box_is_not_covered_and_says_why_by_whom():
    known = changed([FACE, PLATE], CoverChange(lifted=[1], reason="一张海报"), by="叶小满")

    assert boxes(known) == [PLATE.sides]
    assert (known[0].lifted, known[0].lifted_by) == ("一张海报", "叶小满")


def test_a_box_that_is_covered_again_forgets_the_reason():
    lifted = changed([FACE], CoverChange(lifted=[1], reason="一张海报"), by="叶小满")

    assert changed(lifted, CoverChange(covered=[1]), by="韩予宁") == [FACE]


def test_who_lifts_a_lifted_box_does_not_take_the_reason_over():
    lifted = changed([FACE], CoverChange(lifted=[1], reason="一张海报"), by="叶小满")

    assert changed(lifted, CoverChange(lifted=[1], reason="别的"), by="韩予宁") == lifted


def test_a_drawn_box_gets_the_next_number_and_a_name():
    drawn = changed([FACE, PLATE], CoverChange(drawn=[(0.5, 0.5, 0.1, 0.1)]), by="叶小满")[-1]

    assert (drawn.number, drawn.kind, drawn.by, drawn.sides) == (3, "drawn", "叶小满", (0.5, 0.5, 0.1, 0.1))


def test_looking_again_only_adds():
    again = Cover(number=0, kind="face", left=0.11, top=0.1, width=0.2, height=0.2, score=0.5)
    new = Cover(number=0, kind="face", left=0.8, top=0.1, width=0.1, height=0.1, score=0.5)

    assert [cover.number for cover in with_found([FACE, PLATE], [again, new])] == [1, 2, 3]
    assert with_found([FACE, PLATE], []) == [FACE, PLATE]


def test_what_was_lifted_stays_lifted_when_it_is_found_again():
    lifted = changed([FACE], CoverChange(lifted=[1], reason="一张海报"), by="叶小满")

    assert boxes(with_found(lifted, [FACE])) == []


def test_is_kept_as_it_was():
    known = changed([FACE, PLATE], CoverChange(lifted=[2], reason="旧车牌"), by="叶小满")

    assert read_covers(as_kept(known)) == known


@pytest.mark.parametrize(
    ("sides", "expected"),
    [
        ((0, 0, 1, 1), True),
        ((0.9, 0.9, 0.1, 0.1), True),
        ((0.9, 0.9, 0.2, 0.1), False),
        ((-0.1, 0, 0.2, 0.2), False),
        ((0.1, 0.1, 0.2, 0), False),
        ((0.1, 0.1, float("nan"), 0.2), False),
        ((0.1, 0.1, float("inf"), 0.2), False),
    ],
)
def test_a_box_lies_in_the_picture_and_has_a_size(sides, expected):
    assert is_possible(sides) == expected


def test_boxes_apart_share_nothing():
    assert (overlap(FACE.sides, PLATE.sides), overlap(FACE.sides, FACE.sides)) == (0.0, pytest.approx(1.0))
