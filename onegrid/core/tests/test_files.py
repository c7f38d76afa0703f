"""Keeping files by their hash."""

import hashlib
import io
import os
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils.timezone import now

from onegrid.core import files

DATA = b"a photo" * 1000
SHA256 = hashlib.sha256(DATA).hexdigest()


def keep():
    return files.keep(io.BytesIO(DATA))


def test_returns_the_hash_of_the_bytes():
    assert keep() == SHA256


def test_gives_back_the_same_bytes():
    with files.open_file(keep()) as kept:
        assert kept.read() == DATA


def test_spreads_over_folders_and_leaves_nothing_else(settings):
    keep()

    found = [str(path.relative_to(settings.MEDIA_ROOT)) for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert found == [f"{SHA256[:2]}/{SHA256[2:4]}/{SHA256}"]


def test_writes_the_same_bytes_once(settings):
    path = settings.MEDIA_ROOT / files.name_of(keep())
    first = path.stat()
    keep()

    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (first.st_ino, first.st_mtime_ns)


def test_never_overwrites_even_when_two_write_at_once():
    keep()

    storages["default"].save(files.name_of(SHA256), ContentFile(b"another"))

    with files.open_file(SHA256) as kept:
        assert kept.read() == DATA


def test_lets_nobody_write_into_a_kept_file(settings):
    path = settings.MEDIA_ROOT / files.name_of(keep())

    assert path.stat().st_mode & 0o777 == 0o440


def test_knows_what_it_does_not_keep():
    assert (files.exists(SHA256), keep() and files.exists(SHA256)) == (False, True)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "ABCD", "a" * 63, "g" * 64])
def test_takes_no_name_that_is_not_a_hash(name):
    with pytest.raises(ValueError, match="Not a SHA-256"):
        files.exists(name)


def test_finds_only_files_older_than_a_moment(settings):
    path = settings.MEDIA_ROOT / files.name_of(keep())
    files.keep(io.BytesIO(b"fresh"))
    os.utime(path, (0, 0))

    assert list(files.stale_names(now() - timedelta(days=1))) == [files.name_of(SHA256)]


def test_finds_nothing_where_nothing_was_kept():
    assert list(files.stale_names(now())) == []
