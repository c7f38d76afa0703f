"""Adding evidence to a case."""

import io
from datetime import timedelta

import pytest

from onegrid.accounts.models import Role
from onegrid.cases.actions.add_evidence import REPORT_FILES, TooManyFilesError, add_evidence, attach_report_file
from onegrid.cases.actions.insert_case import ReplayedWithAnotherBodyError
from onegrid.cases.models import Case, EntryKind, Evidence, EvidencePurpose, TimelineEntry, Visibility
from onegrid.cases.readers.evidence import public_file, public_thumbnail
from onegrid.cases.rules.absence import CaseNotFoundError
from onegrid.cases.states import IllegalMoveError, Status
from onegrid.cases.tests.factories import MORNING, make_case, with_duty
from onegrid.core import files
from onegrid.core.errors import InvalidInputError, NotAllowedError
from onegrid.core.ids import new_id
from onegrid.core.media.upload import inspect_upload
from onegrid.core.tests import samples
from onegrid.oversight.models import Entry

AT = MORNING + timedelta(hours=3)
GPS_PHOTO = samples.FIXTURES / "exif_gps.jpg"


def upload(data=None, name="井盖.jpg"):
    return inspect_upload(io.BytesIO(data or samples.photo()), name=name)


@pytest.fixture
def add(case, people):
    """Add a file the way a grid worker does, unless told otherwise."""

    def _add(data=None, **given):
        said = {"case_id": case.pk, "purpose": EvidencePurpose.BEFORE, "by": people.grid_worker, "at": AT, **given}
        return add_evidence(upload=upload(data), **said)

    return _add


def kept(sha256):
    with files.open_file(sha256) as content:
        return content.read()


def test_keeps_the_original_as_it_is(add):
    assert kept(add().sha256) == samples.photo()


def test_keeps_time_and_place_apart_from_the_picture(add):
    row = Evidence.objects.get(pk=add().pk)

    assert row.taken_at_place == pytest.approx((120.605, 27.91))
    assert row.taken_at.isoformat() == "2026-11-24T01:30:00+00:00"


def test_keeps_a_thumbnail_without_metadata(add):
    copy = kept(add().thumbnail_sha256)

    assert copy.startswith(b"\xff\xd8")
    assert b"Exif" not in copy


@pytest.mark.skipif(not GPS_PHOTO.is_file(), reason=samples.ABSENT)
def test_adds_a_photo_whose_exif_makes_no_sense(add):
    row = add(GPS_PHOTO.read_bytes())

    assert (row.taken_at_place, row.taken_at) == (None, None), "the year 2099 is not believed"
    assert kept(row.sha256) == GPS_PHOTO.read_bytes()
    assert b"Exif" not in kept(row.thumbnail_sha256)


def test_says_who_added_it_for_which_unit(add, people):
    row = add()

    assert (row.added_by, row.by_name, row.unit_name, row.added_at) == (people.grid_worker, "叶青禾", "茶山网格队", AT)


def test_writes_the_timeline(add, case):
    row = add()

    entry = case.timeline.get(kind=EntryKind.EVIDENCE)
    assert entry.data == {"evidence": str(row.pk), "kind": "photo", "purpose": "before"}
    assert entry.visibility == Visibility.PUBLIC


def test_writes_the_trail_without_names_or_places(add, case):
    row = add()
    file = {"sha256": row.sha256, "size": row.size, "public": True}

    line = Entry.objects.get(code="cases.evidence_added")
    assert line.target == f"cases.Case:{case.pk}"
    assert line.data == {"evidence": str(row.pk), "kind": "photo", "purpose": "before", **file}


def test_conflicts_with_no_move(add, case):
    add()

    assert Case.objects.get(pk=case.pk).version == case.version


def test_sends_nothing_else_to_the_database_than_it_must(add, django_assert_max_num_queries):
    add(samples.picture())

    with django_assert_max_num_queries(14):
        add()


# --- what is public ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("purpose", "is_shown"),
    [
        (EvidencePurpose.BEFORE, True),
        (EvidencePurpose.AFTER, True),
        (EvidencePurpose.CHECK, False),
        (EvidencePurpose.VERIFY, False),
        (EvidencePurpose.OTHER, False),
    ],
)
def test_shows_photos_of_before_and_after(add, purpose, is_shown):
    row = add(purpose=purpose)

    assert row.is_public == is_shown


@pytest.mark.parametrize("purpose", [EvidencePurpose.AFTER, EvidencePurpose.OTHER])
def test_lets_nobody_outside_see_a_photo_before_it_was_looked_through(add, purpose):
    row = add(purpose=purpose)

    assert (row.copy_state, row.public_sha256) == ("waiting", "")
    assert (public_file(row.pk), public_thumbnail(row.pk)) == (None, None)


def test_shows_nothing_of_a_sensitive_matter_unasked(add, district):
    matter = make_case(district, category="passage")

    assert not add(case_id=matter.pk).is_public


def test_shows_a_photo_of_a_case_that_has_no_category_yet(add, district):
    assert add(case_id=make_case(district, category=None).pk).is_public


def test_hides_what_the_officer_wants_hidden(add, case):
    assert not add(is_public=False).is_public
    assert case.timeline.get(kind=EntryKind.EVIDENCE).visibility == Visibility.INTERNAL


@pytest.mark.parametrize("data", [samples.mp4(b"vide"), samples.AMR, samples.PDF], ids=["video", "voice", "document"])
def test_never_shows_anything_but_photos(add, data):
    assert not add(data).is_public

    with pytest.raises(InvalidInputError):
        add(data, is_public=True)


# --- who may, and where ----------------------------------------------------------------------


def test_refuses_whoever_cannot_see_the_case(add, people):
    with pytest.raises(CaseNotFoundError):
        add(by=people.stranger)


def test_refuses_whoever_may_only_look(add, people):
    with pytest.raises(NotAllowedError):
        add(by=people.leader)


def test_keeps_no_file_for_whoever_is_refused(add, people, settings):
    with pytest.raises(CaseNotFoundError):
        add(by=people.stranger)

    assert not settings.MEDIA_ROOT.exists()


def test_lets_the_unit_that_handles_add_to_its_case(add, district, people):
    matter = make_case(district, status=Status.IN_PROGRESS)

    assert add(case_id=matter.pk, by=people.handler, purpose=EvidencePurpose.AFTER).unit_name == "市政养护所"


def test_refuses_to_add_to_a_case_that_was_merged(add, district, case):
    matter = make_case(district, status=Status.MERGED, merged_into=case)

    with pytest.raises(IllegalMoveError):
        add(case_id=matter.pk)


# --- sending again -------------------------------------------------------------------------------


def test_changes_nothing_when_it_is_sent_twice(add, case):
    assert add().pk == add().pk
    assert TimelineEntry.objects.filter(case=case, kind=EntryKind.EVIDENCE).count() == 1


def test_returns_the_first_answer_for_the_same_id(add):
    made = new_id()

    assert add(evidence_id=made).pk == add(evidence_id=made).pk == made


def test_keeps_the_same_photo_once_for_each_purpose(add):
    assert add().pk != add(purpose=EvidencePurpose.CHECK).pk


def test_refuses_an_id_that_stands_for_another_file(add):
    made = add().pk

    with pytest.raises(ReplayedWithAnotherBodyError):
        add(samples.picture(), evidence_id=made)


def test_refuses_an_id_that_was_used_in_another_case(add, district):
    made = add().pk
    with_duty(Role.GRID_WORKER, unit=district.units.grid_team)

    with pytest.raises(ReplayedWithAnotherBodyError):
        add(case_id=make_case(district).pk, evidence_id=made)


# --- what residents send ---------------------------------------------------------------------------


def attach(case, data=None, **given):
    return attach_report_file(case_id=case.pk, upload=upload(data), at=AT, **given)


def test_takes_a_residents_photo_without_a_name(case):
    row = attach(case)

    assert (row.added_by, row.by_name, row.purpose) == (None, "", EvidencePurpose.BEFORE)
    assert Entry.objects.get(code="cases.evidence_added").by == "anonymous"


def test_shows_no_residents_photo_before_an_officer_has_looked(case):
    row = attach(case)

    assert (row.is_public, row.public_sha256) == (False, "")
    assert case.timeline.get(kind=EntryKind.EVIDENCE).visibility == Visibility.INTERNAL


def test_takes_a_residents_photo_once(case):
    assert attach(case).pk == attach(case).pk


def test_takes_so_many_files_of_residents_and_no_more(case):
    for number in range(REPORT_FILES):
        attach(case, f"note {number}".encode())

    with pytest.raises(TooManyFilesError):
        attach(case)


@pytest.mark.django_db
def test_does_not_know_a_case_that_is_not_there():
    with pytest.raises(CaseNotFoundError):
        attach(Case(pk=new_id()))
