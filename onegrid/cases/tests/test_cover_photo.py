"""Covering more of a photo, and lifting what is covered: never without a reason and a name."""

import io

import pytest
from PIL import Image

from onegrid.cases.actions.add_evidence import attach_report_file
from onegrid.cases.actions.cover_photo import cover_photo
from onegrid.cases.actions.show_evidence import NoCopyYetError
from onegrid.cases.models import Evidence, TimelineEntry, Visibility
from onegrid.cases.rules.absence import CaseNotFoundError
from onegrid.cases.rules.covers import MOST, CoverChange, read_covers
from onegrid.cases.tests.copies import with_copy
from onegrid.cases.tests.factories import MORNING
from onegrid.core import files
from onegrid.core.errors import InvalidInputError, NotAllowedError
from onegrid.core.media.upload import inspect_upload
from onegrid.core.tests import samples
from onegrid.oversight.models import Entry

LEFT, RIGHT = (0.0, 0.0, 0.5, 1.0), (0.5, 0.0, 0.5, 1.0)  # blue and red, in the sample


@pytest.fixture
def photo(case):
    row = attach_report_file(case_id=case.pk, upload=inspect_upload(io.BytesIO(samples.photo())), at=MORNING)
    return with_copy(row, LEFT)


@pytest.fixture
def cover(photo, people):
    def _cover(*, by=None, **change):
        given = {"evidence_id": photo.pk, "by": by or people.acceptor, "at": MORNING}
        return cover_photo(change=CoverChange(**change), **given)

    return _cover


def colors(row):
    with files.open_file(row.public_sha256) as copy:
        image = Image.open(copy).convert("RGB")
        return [image.getpixel((image.width // 4, 20)), image.getpixel((image.width * 3 // 4, 20))]


def is_red(color):
    return color[0] > 240 and color[1] < 20


def test_covers_more(cover, photo):
    assert is_red(colors(photo)[1])

    assert not is_red(colors(cover(drawn=[RIGHT]))[1])


def test_draws_the_copy_of_a_public_photo_anew_at_once(cover, photo):
    Evidence.objects.filter(pk=photo.pk).update(is_public=True)
    row = cover(drawn=[RIGHT])

    assert Evidence.objects.public().get(pk=photo.pk).public_sha256 == row.public_sha256 != photo.public_sha256


def test_lifts_with_a_reason_which_timeline_and_trail_keep_with_the_name(cover, case, people):
    row = cover(lifted=[1], reason="墙上的海报，不是人")

    entry, line = TimelineEntry.objects.filter(case=case).latest("received_at", "id"), Entry.objects.latest("seq")
    assert (entry.text, entry.visibility, entry.by_user) == ("墙上的海报，不是人", Visibility.INTERNAL, people.acceptor)
    assert (line.code, line.by, line.data["reason"]) == ("cases.photo_covered", people.acceptor.username, entry.text)
    assert line.data["lifted"] == [1]
    assert read_covers(row.covers)[0].lifted_by == people.acceptor.display_name


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_lifts_nothing_without_a_reason(cover, photo, reason):
    with pytest.raises(InvalidInputError) as refused:
        cover(lifted=[1], drawn=[RIGHT], reason=reason)

    assert list(refused.value.fields) == ["reason"]
    assert Evidence.objects.get(pk=photo.pk).covers == photo.covers


def test_covers_again_what_was_lifted(cover, photo):
    cover(lifted=[1], reason="海报")

    assert cover(covered=[1]).covers == photo.covers


@pytest.mark.parametrize("box", [(0.9, 0.9, 0.2, 0.2), (0.1, 0.1, 0, 0.2), (-1, 0, 0.5, 0.5), (0, 0, float("nan"), 1)])
def test_refuses_boxes_that_cannot_be(cover, box):
    with pytest.raises(InvalidInputError) as refused:
        cover(drawn=[box])

    assert list(refused.value.fields) == ["drawn"]


def test_refuses_more_boxes_than_anybody_draws(cover):
    with pytest.raises(InvalidInputError):
        cover(drawn=[RIGHT] * MOST)


@pytest.mark.parametrize("change", [{}, {"lifted": [77], "reason": "x"}, {"covered": [1]}])
def test_writes_nothing_where_nothing_changes(cover, case, change):
    before = TimelineEntry.objects.filter(case=case).count()
    cover(**change)

    assert TimelineEntry.objects.filter(case=case).count() == before


def test_refuses_a_photo_that_nobody_has_looked_through(cover, photo):
    Evidence.objects.filter(pk=photo.pk).update(copy_state="waiting")

    with pytest.raises(NoCopyYetError):
        cover(drawn=[RIGHT])


def test_refuses_a_photo_whose_file_is_lost(cover, photo):
    files.discard(files.name_of(photo.sha256))

    with pytest.raises(NoCopyYetError):
        cover(drawn=[RIGHT])


def test_refuses_whoever_may_not(cover, people):
    with pytest.raises(NotAllowedError):
        cover(by=people.leader, drawn=[RIGHT])
    with pytest.raises(CaseNotFoundError):
        cover(by=people.stranger, drawn=[RIGHT])
