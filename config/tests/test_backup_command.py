"""`onegrid backup` where nothing can be written."""

import os

import pytest
import typer

from config.cli.backup import backup
from onegrid.oversight.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _umask():
    """The command lets nobody else read what this process makes from then on."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_the_trail_tells_a_backup_that_was_not_made(tmp_path, capsys):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(typer.Exit):
        backup(tmp_path / "file" / "below")

    assert "No backup was made." in capsys.readouterr().out
    codes = Entry.objects.filter(code__startswith="core.back").values_list("code", flat=True)
    assert list(codes) == ["core.backed_up", "core.backup_failed"]
