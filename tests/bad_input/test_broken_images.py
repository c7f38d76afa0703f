"""Broken images and bombs: each is kept with a picture drawn anew, or refused in words, in bounded time."""

import io
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from onegrid.cases.models import Evidence
from onegrid.core.ids import new_id
from onegrid.portal.web.report_state import new_state
from tests.bad_input.corpora import files, groups, needs

pytestmark = needs("images")
IMAGES = files("images")
PATIENCE = 30  # seconds for one file, on a crowded machine; the decoder itself is stopped after ten of its own
GROUPS = groups(IMAGES, 9)
HERE = {"lon": "120.605", "lat": "27.905", "who": "anonymous"}


def sent(path):
    return SimpleUploadedFile(path.name, path.read_bytes(), content_type="image/jpeg")


def add(program, case, path):
    started = time.monotonic()
    data = {"id": str(new_id()), "purpose": "before", "file": sent(path)}
    response = program.post(f"/api/v1/cases/{case.number}/evidence", data)
    assert time.monotonic() - started < PATIENCE, path.name
    return response


def is_drawn_anew(row, media_root):
    """Tell whether the thumbnail is a whole picture of at most 480 pixels with nothing said in it."""
    kept = media_root / row.thumbnail_sha256[:2] / row.thumbnail_sha256[2:4] / row.thumbnail_sha256
    with Image.open(io.BytesIO(kept.read_bytes())) as thumbnail:
        thumbnail.load()
        return thumbnail.format == "JPEG" and max(thumbnail.size) <= 480 and not thumbnail.getexif()


def is_clear(response):
    """Tell whether a file was kept, or refused with a reason."""
    return response.status_code == 201 or (response.status_code == 422 and bool(response.json()["detail"]))


def test_has_the_whole_corpus():
    assert len(IMAGES) == 63


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group[0].name)
def test_an_image_is_kept_with_its_thumbnail_or_refused_in_words(program, case, settings, rows, kept_files, group):
    answers, halves = {}, []
    for path in group:
        before = rows(), kept_files()
        answers[path.name] = add(program, case, path)
        is_changed = (rows(), kept_files()) != before
        halves += [path.name] * (is_changed != (answers[path.name].status_code == 201))

    photos = Evidence.objects.filter(kind="photo")
    assert {name: each.content for name, each in answers.items() if not is_clear(each)} == {}
    assert halves == []
    assert [row.name for row in photos if not is_drawn_anew(row, settings.MEDIA_ROOT)] == []


@pytest.mark.parametrize("group", groups(IMAGES, 6), ids=lambda group: group[0].name)
def test_the_report_form_names_each_image_it_refuses(client, district, rows, kept_files, group):
    before = rows()
    data = {"state": new_state(), "text": "路灯不亮", **HERE, "photos": [sent(path) for path in group]}

    response = client.post(reverse("portal:report"), data, headers={"Accept-Language": "en"})

    refused = [path.name for path in group if f"{path.name}: " in response.text]
    kept = (rows(), kept_files()) != (before, [])
    assert (response.status_code, bool(refused), kept) in {(422, True, False), (303, False, True)}
