"""Removing files that no row speaks of."""

import io
import os
from datetime import timedelta

import pytest
from django.utils.timezone import now

from onegrid.cases.actions.add_evidence import add_evidence
from onegrid.cases.actions.sweep_orphans import sweep_orphans
from onegrid.cases.models import EvidencePurpose
from onegrid.cases.tests.copies import with_copy
from onegrid.cases.tests.factories import MORNING
from onegrid.core import files
from onegrid.core.media.upload import inspect_upload
from onegrid.core.tests import samples


@pytest.fixture
def row(case, people):
    upload = inspect_upload(io.BytesIO(samples.photo()))
    return with_copy(
        add_evidence(case_id=case.pk, purpose=EvidencePurpose.AFTER, upload=upload, by=people.grid_worker, at=MORNING)
    )


def copies_of(row):
    return row.sha256, row.thumbnail_sha256, row.public_sha256, row.public_thumbnail_sha256


def age(folder):
    for path in folder.rglob("*"):
        os.utime(path, (0, 0))


@pytest.mark.django_db
def test_removes_an_old_file_without_a_row(settings):
    orphan = files.keep(io.BytesIO(b"of a transaction that failed"))
    age(settings.MEDIA_ROOT)

    assert (sweep_orphans(at=now()), files.exists(orphan)) == (1, False)


@pytest.mark.django_db
def test_leaves_a_fresh_file_alone():
    orphan = files.keep(io.BytesIO(b"its row is being written"))

    assert (sweep_orphans(at=now()), files.exists(orphan)) == (0, True)


@pytest.mark.django_db
def test_removes_what_an_interrupted_writing_left(settings):
    leftover = settings.MEDIA_ROOT / "incoming" / "abc"
    leftover.parent.mkdir(parents=True)
    leftover.write_bytes(b"half")
    age(settings.MEDIA_ROOT)

    assert (sweep_orphans(at=now()), leftover.exists()) == (1, False)


def test_keeps_every_copy_that_a_row_speaks_of(row, settings):
    age(settings.MEDIA_ROOT)

    assert sweep_orphans(at=now(), age=timedelta(0)) == 0
    assert [files.exists(kept) for kept in copies_of(row)] == [True] * 4


@pytest.mark.django_db
def test_keeps_what_another_app_names(settings, monkeypatch):
    picture = files.keep(io.BytesIO(b"of a call for information"))
    monkeypatch.setattr(files, "_namers", [lambda: [picture]])
    age(settings.MEDIA_ROOT)

    assert (sweep_orphans(at=now()), files.exists(picture)) == (0, True)
