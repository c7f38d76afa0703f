"""The files of reports on a bad line and a bad day: what came is there, after a cut and after a kill."""

import io
import os
import signal
from contextlib import suppress

import pytest
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError

from onegrid.core.tests import samples
from onegrid.portal.tests.sending import cut_off
from tests.operation.running import Running, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("uploads")]
PHOTO = samples.picture("PNG", size=(900, 700))
HALF = len(PHOTO) // 2


@pytest.fixture
def up(home, environment, free_port):
    running = Running(home, environment=environment, port=free_port())
    running.until_ready()
    yield running
    running.end()


def test_goes_on_where_it_was_cut_off_even_by_a_kill(up):
    client = TusClient(f"http://127.0.0.1:{up.port}/report/files/")
    uploader = client.uploader(file_stream=io.BytesIO(PHOTO), chunk_size=100)
    uploader.upload_chunk()

    def came():
        with suppress(TusCommunicationError):
            return uploader.get_offset()

    cut_off(uploader.url, PHOTO[100:HALF], offset=100, announced=len(PHOTO) - 100)
    wait_for(lambda: came() == HALF)
    victim = up.child("config.wsgi")
    os.kill(victim, signal.SIGKILL)
    wait_for(lambda: up.has_replaced(victim, "config.wsgi") and up.is_ready(), seconds=40)

    again = client.uploader(file_stream=io.BytesIO(PHOTO), url=uploader.url)
    assert again.offset == HALF
    again.upload()
    assert (came(), again.request.status_code) == (len(PHOTO), 204)
