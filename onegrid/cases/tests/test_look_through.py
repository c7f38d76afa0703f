"""Looking photos through before the public sees them: done once, done again, killed, and failed."""

import io
from importlib import import_module

import pytest
from django.db import connection

from onegrid.cases.actions import look_through as looking
from onegrid.cases.actions.add_evidence import add_evidence, attach_report_file
from onegrid.cases.actions.look_through import Again, ask_for_copy, look_again, look_at_waiting, look_through
from onegrid.cases.models import CopyFault, CopyState, Evidence, EvidencePurpose
from onegrid.cases.readers.copies import copies
from onegrid.cases.readers.evidence import public_file, public_thumbnail
from onegrid.cases.rules.covers import read_covers
from onegrid.cases.tests.copies import with_copy
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.core import files
from onegrid.core.errors import InvalidInputError, NotAllowedError
from onegrid.core.media import veil
from onegrid.core.media.upload import inspect_upload
from onegrid.core.tests import samples, street

NOWHERE = {veil.FACE: ("no_such_package", "face.onnx"), veil.PLATE: ("no_such_package", "plate.onnx")}


@pytest.fixture
def add(case, people):
    def _add(data=None, *, purpose=EvidencePurpose.AFTER, to=case):
        upload = inspect_upload(io.BytesIO(data or samples.photo()))
        return add_evidence(case_id=to.pk, purpose=purpose, upload=upload, by=people.grid_worker, at=MORNING)

    return _add


@pytest.fixture
def without_models(monkeypatch):
    monkeypatch.setattr(veil, "MODELS", NOWHERE)


def look(row):
    count = look_through(sha256=row.sha256, at=MORNING)
    row.refresh_from_db()
    return count


def test_covers_what_it_finds_and_then_shows_the_photo(add):
    row = add(street.as_jpeg(street.street()))

    assert public_file(row.pk) is None
    assert look(row) == 1
    assert {"face", "plate"} <= {cover.kind for cover in read_covers(row.covers)}
    assert public_file(row.pk).sha256 == row.public_sha256 != row.sha256
    assert public_thumbnail(row.pk).sha256 == row.public_thumbnail_sha256 != row.thumbnail_sha256


def test_what_was_found_in_a_file_is_not_looked_for_again(add, district, without_models):
    row = with_copy(add(), (0.1, 0.1, 0.2, 0.2))
    twin = add(to=make_case(district))

    assert look(twin) == 1
    assert (twin.covers, twin.public_sha256) == (row.covers, row.public_sha256)


def test_what_an_officer_lifted_there_is_covered_here(add, district, without_models):
    row = with_copy(add(), (0.1, 0.1, 0.2, 0.2))
    Evidence.objects.filter(pk=row.pk).update(covers=[{**row.covers[0], "lifted": "一张海报", "lifted_by": "叶小满"}])
    twin = add(to=make_case(district))
    look(twin)

    assert not any(cover.lifted for cover in read_covers(twin.covers))


def test_serves_all_photos_of_the_same_bytes_at_once(add, district, without_models, django_assert_max_num_queries):
    done = with_copy(add(), (0.1, 0.1, 0.2, 0.2))
    twins = [add(to=make_case(district)) for _twin in range(12)]

    with django_assert_max_num_queries(16):
        assert look(twins[0]) == 12
    assert set(Evidence.objects.values_list("public_sha256", flat=True)) == {done.public_sha256}


def test_changes_nothing_the_second_time(add, without_models):
    row = with_copy(add())

    assert look(row) == 0


def test_begins_anew_after_it_was_killed(add, without_models, monkeypatch):
    with_copy(add(), (0.1, 0.1, 0.2, 0.2))
    row = add(purpose=EvidencePurpose.BEFORE)
    monkeypatch.setattr(looking, "veiled", _killed)
    with pytest.raises(SystemExit):
        look(row)
    row.refresh_from_db()
    assert (row.copy_state, row.public_sha256, public_file(row.pk)) == (CopyState.WAITING, "", None)

    monkeypatch.setattr(looking, "veiled", veil.veiled)

    assert (look(row), row.copy_state) == (1, CopyState.READY)


def _killed(*_given):
    raise SystemExit(9)


def test_says_that_there_is_no_model_and_shows_nothing(add, without_models):
    row = add()

    assert look(row) == 0
    assert (row.copy_state, row.copy_fault, row.is_public) == (CopyState.FAILED, CopyFault.NO_MODEL, True)
    assert (public_file(row.pk), public_thumbnail(row.pk)) == (None, None)


def test_says_that_the_file_is_lost(add, settings):
    row = add()
    files.discard(files.name_of(row.sha256))
    look(row)

    assert row.copy_fault == CopyFault.LOST


def test_says_that_the_file_cannot_be_read(add):
    row = add()
    Evidence.objects.filter(pk=row.pk).update(sha256=files.keep(io.BytesIO(b"\xff\xd8\xff and then nothing")))
    row.refresh_from_db()
    look(row)

    assert row.copy_fault == CopyFault.UNREADABLE


def test_an_officer_asks_once_more(add, people, without_models):
    row = add()
    look(row)
    ask_for_copy(evidence_id=row.pk, by=people.acceptor)
    row.refresh_from_db()

    assert (row.copy_state, row.copy_fault) == (CopyState.WAITING, "")


def test_who_may_not_add_evidence_does_not_ask(add, people):
    with pytest.raises(NotAllowedError):
        ask_for_copy(evidence_id=add().pk, by=people.leader)


def test_only_photos_are_looked_through(case, people):
    paper = attach_report_file(case_id=case.pk, upload=inspect_upload(io.BytesIO(samples.PDF)), at=MORNING)

    with pytest.raises(InvalidInputError):
        ask_for_copy(evidence_id=paper.pk, by=people.acceptor)
    assert paper.copy_state == CopyState.NONE


def test_looks_through_all_that_waits(add, without_models):
    told = []
    with_copy(add(), (0.1, 0.1, 0.2, 0.2))
    add(purpose=EvidencePurpose.BEFORE)
    add(samples.picture())

    assert look_at_waiting(at=MORNING, told=told.append) == 1
    assert sorted(told) == [0, 1], "one had a twin, for the other there is no model"


@pytest.mark.parametrize(
    ("which", "states"),
    [
        (Again.FAILED, ["ready", "ready", "waiting"]),
        (Again.EARLIER, ["ready", "waiting", "failed"]),
        (Again.ALL, ["waiting", "waiting", "waiting"]),
    ],
)
def test_has_photos_looked_through_once_more(add, which, states):
    rows = [with_copy(add()), with_copy(add(purpose=EvidencePurpose.BEFORE)), add(samples.picture())]
    Evidence.objects.filter(pk=rows[1].pk).update(looked_by="an earlier one")
    Evidence.objects.filter(pk=rows[2].pk).update(copy_state=CopyState.FAILED, copy_fault=CopyFault.LOST)
    look_again(which)

    assert [Evidence.objects.get(pk=row.pk).copy_state for row in rows] == states


def test_photos_that_were_public_before_are_held_back_by_the_upgrade(add):
    held = import_module("onegrid.cases.migrations.0022_hold_public_photos_back")
    shown, inside = with_copy(add()), with_copy(add(purpose=EvidencePurpose.OTHER))
    Evidence.objects.update(copy_state=CopyState.NONE)
    with connection.cursor() as cursor:
        cursor.execute(held.FORWARD)

    states = dict(Evidence.objects.values_list("pk", "copy_state"))
    assert states == {shown.pk: "waiting", inside.pk: "none"}
    assert not Evidence.objects.exclude(public_sha256="").exists()


def test_counts_the_copies(add, django_assert_num_queries):
    with_copy(add())
    add(samples.picture())
    with django_assert_num_queries(4):
        counted = copies()

    assert counted.states == {CopyState.READY: 1, CopyState.WAITING: 1, CopyState.FAILED: 0}
    assert counted.by_earlier == 0
