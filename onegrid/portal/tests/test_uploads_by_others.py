"""A program that is not ours sends the files of a report, is cut off and goes on: tuspy, as it is published."""

import io
import time

import pytest
from django.core.cache import cache
from django.utils.timezone import now
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError, TusUploadFailed

from onegrid.core.media import resumable
from onegrid.core.tests import samples
from onegrid.portal.tests.sending import cut_off

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PHOTO = samples.picture("PNG", size=(400, 300))


@pytest.fixture
def client(live_server):
    cache.clear()
    return TusClient(f"{live_server.url}/report/files/")


def sent_of(uploader):
    return resumable.find(uploader.url.rstrip("/").rpartition("/")[2], at=now())


def test_sends_a_photo_in_pieces_with_checksums(client):
    uploader = client.uploader(
        file_stream=io.BytesIO(PHOTO),
        chunk_size=300,
        metadata={"filename": "路灯.png", "case": "x"},
        upload_checksum=True,
    )

    uploader.upload()

    with resumable.opened(sent_of(uploader).id, at=now()) as content:
        assert content.read() == PHOTO
    assert "case eA==" in sent_of(uploader).metadata


def test_goes_on_where_it_was_cut_off(client):
    uploader = client.uploader(file_stream=io.BytesIO(PHOTO), chunk_size=200)
    uploader.upload_chunk()

    cut_off(uploader.url, PHOTO[200:500], offset=200, announced=len(PHOTO) - 200)
    for _wait in range(50):
        if sent_of(uploader).offset == 500:
            break
        time.sleep(0.1)
    again = client.uploader(file_stream=io.BytesIO(PHOTO), url=uploader.url)

    assert again.offset == 500
    again.upload()
    with resumable.opened(sent_of(again).id, at=now()) as content:
        assert content.read() == PHOTO


def test_is_told_that_a_file_is_too_large(client, settings):
    settings.VIDEO_LIMIT = 100

    with pytest.raises(TusCommunicationError, match="413"):
        client.uploader(file_stream=io.BytesIO(PHOTO)).upload()


def test_is_told_that_a_file_is_of_no_use(client):
    with pytest.raises(TusUploadFailed) as refused:
        client.uploader(file_stream=io.BytesIO(samples.ELF)).upload()

    assert refused.value.status_code == 422
