"""What `onegrid audit` does once Django is ready."""

import json

import pytest
import typer
from django.db import transaction
from django.utils import timezone

from config.cli import trail
from onegrid.oversight.public import Actor, Entry, checkpoint_file, public_key_file, record

pytestmark = pytest.mark.django_db
NOTHING_NOTED = {"texts": [], "file": None}


@pytest.fixture(autouse=True)
def home(settings, tmp_path, monkeypatch):
    """Give each test keys of its own and an English terminal, and three sealed entries."""
    settings.HOME = tmp_path
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    with transaction.atomic():
        for number in range(3):
            record("cases.accept", target=f"cases.Case:{number}", by=Actor("lin"), at=timezone.now(), data={})
    trail.seal()
    return tmp_path


def checked(**how):
    return trail.examined(
        **{"file": None, "public_key": None, "checkpoints": trail.known_checkpoints(**NOTHING_NOTED)} | how
    )


def test_says_that_the_trail_is_whole():
    assert trail.told(checked(), as_json=False).splitlines()[0] == "The trail is whole."


def test_speaks_chinese_on_a_chinese_terminal(monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")

    assert trail.told(checked(), as_json=False).splitlines()[0] == "审计记录完整，未见改动。"


def test_speaks_json_to_a_program():
    assert json.loads(trail.told(checked(), as_json=True))["whole"] is True


def test_seals_what_is_new():
    assert trail.seal() == "0 entries sealed, 0 seals."


def test_exports_what_an_outsider_can_check(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    trail.export(outside / "trail.jsonl")
    key = public_key_file().rename(outside / "audit.pub")

    report = checked(file=outside / "trail.jsonl", public_key=key)

    assert (report.is_whole, report.sealed, report.unsealed) == (True, 4, 0)


def test_leaves_an_export_in_the_trail(tmp_path):
    trail.export(tmp_path / "trail.jsonl")

    assert Entry.objects.order_by("-seq").first().code == "oversight.export"


def test_goes_on_with_a_new_key():
    trail.change_key()
    trail.seal()

    report = checked()
    assert (report.is_whole, report.seals) == (True, 2)


def test_takes_what_this_machine_has_noted_unless_it_is_given_something():
    (noted,) = trail.known_checkpoints(**NOTHING_NOTED)
    given = "7:" + "ab" * 32

    assert noted.note == " ".join(checkpoint_file().read_text().split()[:2])
    assert [checkpoint.number for checkpoint in trail.known_checkpoints(texts=[given], file=None)] == [7]
    assert [checkpoint.number for checkpoint in trail.known_checkpoints(texts=[given], file=checkpoint_file())] == [
        7,
        1,
    ]


@pytest.mark.parametrize("text", ["", "7", "7:abc", "seven:" + "ab" * 32])
def test_refuses_a_checkpoint_that_is_none(text):
    with pytest.raises(typer.BadParameter):
        trail.known_checkpoints(texts=[text], file=None)


def test_refuses_a_file_without_a_public_key(home):
    (home / "some.txt").write_text("no key")

    with pytest.raises(typer.BadParameter, match="holds no public key"):
        checked(public_key=home / "some.txt")
