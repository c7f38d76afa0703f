"""What is held in memory: as fresh as somebody said, and never older than a minute."""

import time
from uuid import uuid4

import pytest

from onegrid.core import snapshots
from onegrid.core.models import Generation
from onegrid.core.snapshots import LONGEST, Remembered, Snapshot, bump, refresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def reads():
    return []


@pytest.fixture
def remembered(reads):
    def read(key):
        reads.append(key)
        return None if key == "nobody" else f"{key} {len(reads)}"

    return Remembered(f"test {uuid4().hex[:8]}", read)


def test_is_built_once():
    built = []
    snapshot = Snapshot(f"test {uuid4().hex[:8]}", lambda: built.append(1))

    snapshot.get()
    snapshot.get()

    assert built == [1]


def test_a_value_is_read_once(remembered, reads):
    assert remembered.get("a") == remembered.get("a") == "a 1"
    assert reads == ["a"]


def test_a_value_is_read_again_when_its_rows_were_declared_changed(remembered):
    remembered.get("a")

    bump(remembered.name)

    assert remembered.get("a") == "a 2"


def test_a_value_is_read_again_when_another_process_declared_its_rows_changed(remembered):
    remembered.get("a")
    Generation.objects.create(name=remembered.name, value=uuid4())

    refresh()

    assert remembered.get("a") == "a 2"


def test_a_value_is_read_again_after_a_minute_if_nobody_said_anything(remembered, monkeypatch):
    remembered.get("a")
    later = time.monotonic() + LONGEST

    monkeypatch.setattr(snapshots.time, "monotonic", lambda: later)

    assert remembered.get("a") == "a 2"


def test_that_there_is_nothing_is_not_remembered(remembered, reads):
    assert remembered.get("nobody") is remembered.get("nobody") is None
    assert reads == ["nobody", "nobody"]
