"""Showing a photo to the public, and taking it away again."""

import io

import pytest

from onegrid.cases.actions.add_evidence import attach_report_file
from onegrid.cases.actions.show_evidence import NoCopyYetError, show_evidence
from onegrid.cases.readers.evidence import public_file, public_thumbnail
from onegrid.cases.rules.absence import CaseNotFoundError
from onegrid.cases.tests.copies import with_copy
from onegrid.cases.tests.factories import MORNING
from onegrid.core import files
from onegrid.core.errors import InvalidInputError
from onegrid.core.ids import new_id
from onegrid.core.media.upload import inspect_upload
from onegrid.core.tests import samples
from onegrid.oversight.models import Entry


def sent(case, data):
    return attach_report_file(case_id=case.pk, upload=inspect_upload(io.BytesIO(data)), at=MORNING)


@pytest.fixture
def photo(case):
    return with_copy(sent(case, samples.photo()))


@pytest.fixture
def show(photo, people):
    def _show(evidence_id=photo.pk, **given):
        return show_evidence(
            **{"evidence_id": evidence_id, "is_public": True, "by": people.acceptor, "at": MORNING, **given}
        )

    return _show


def test_shows_the_copy_and_never_the_original(photo, show):
    assert public_file(photo.pk) is None
    show()

    with files.open_file(public_file(photo.pk).sha256) as copy:
        assert b"Exif" not in copy.read()


def test_refuses_a_photo_that_nobody_has_looked_through(case, show):
    photo = sent(case, samples.picture())

    with pytest.raises(NoCopyYetError):
        show(photo.pk)

    assert not type(photo).objects.get(pk=photo.pk).is_public


def test_takes_it_away_again(photo, show):
    show()
    show(is_public=False)

    assert (public_file(photo.pk), public_thumbnail(photo.pk)) == (None, None)


def test_writes_the_trail_once_for_each_change(show):
    show()
    show()
    show(is_public=False)

    shown = Entry.objects.filter(code="cases.evidence_shown").order_by("seq")
    assert [line.data["public"] for line in shown] == [True, False]


def test_gives_the_public_nothing_of_a_case_that_is_not(photo, show, case):
    show()
    type(case).objects.filter(pk=case.pk).update(is_public=False)

    assert (public_file(photo.pk), public_thumbnail(photo.pk)) == (None, None)


def test_refuses_anything_but_photos(case, show):
    with pytest.raises(InvalidInputError):
        show(sent(case, samples.PDF).pk)


def test_refuses_whoever_cannot_see_the_case(show, people):
    with pytest.raises(CaseNotFoundError):
        show(by=people.stranger)


def test_does_not_know_what_is_not_there(show):
    with pytest.raises(CaseNotFoundError):
        show(new_id())
