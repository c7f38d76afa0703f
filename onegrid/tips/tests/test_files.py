"""Sealed files come in parts before their message; what never gets one goes."""

import json
from datetime import timedelta
from uuid import uuid4

import pyrage
import pytest

from onegrid.core.errors import InvalidInputError, NotFoundError
from onegrid.oversight.models import Entry
from onegrid.oversight.public import ReasonMissingError
from onegrid.tips.actions import keep_part as keeping
from onegrid.tips.actions.keep_part import NamedFile, SealedPart, TooMuchUnsentError, drop_unsent, keep_part
from onegrid.tips.actions.open_original import open_original
from onegrid.tips.actions.puzzles import PuzzleError
from onegrid.tips.actions.send_tip import SealedTip, send_tip
from onegrid.tips.models import Attachment, Message, Part, Tip
from onegrid.tips.tests.arranging import NOON, channel, reader, sealed, solved

pytestmark = pytest.mark.django_db

CLASS = 1024 * 1024


@pytest.fixture
def body(officer):
    return pyrage.encrypt(bytes(CLASS), [officer[1].to_public()])


@pytest.fixture
def paid():
    return solved()


def parts_of(body):
    return [body[at : at + keeping.LARGEST_PART] for at in range(0, len(body), keeping.LARGEST_PART)]


def sends(body, paid, *, file=None, original=False, at=NOON):
    """Send all parts of a file; return how the message names it."""
    file = file or uuid4()
    for number, part in enumerate(parts_of(body)):
        keep_part(
            part=SealedPart(attachment_id=file, number=number, is_original=original, body=part, solved=paid), at=at
        )
    return NamedFile(attachment_id=file, parts=len(parts_of(body)))


def with_files(officer, paid, *files):
    own = pyrage.x25519.Identity.generate()
    return SealedTip(
        channel="fire",
        lookup="ab" * 32,
        public_key=str(own.to_public()),
        sealed=sealed("x", officer[1]),
        solved=paid,
        files=files,
    )


def test_a_file_hangs_on_its_message_and_forgets_its_puzzle(officer, body, paid):
    send_tip(tip=with_files(officer, paid, sends(body, paid)), at=NOON)

    found = Attachment.objects.get()
    assert (found.message, bytes(found.paid_by)) == (Message.objects.get(), b"")
    assert b"".join(bytes(part.body) for part in found.parts.order_by("number")) == body


def test_a_part_sent_twice_is_kept_once(body, paid):
    file = uuid4()
    sends(body, paid, file=file)

    sends(body, paid, file=file)

    assert Part.objects.count() == len(parts_of(body))


def test_a_message_does_not_go_with_half_a_file(officer, body, paid):
    named = sends(body[: keeping.LARGEST_PART], paid)

    with pytest.raises(InvalidInputError):
        send_tip(tip=with_files(officer, paid, named), at=NOON)

    assert not Tip.objects.exists()
    assert Attachment.objects.unsent().count() == 1


def test_a_file_of_somebody_else_cannot_be_named(officer, body, paid):
    named = sends(body, paid)

    with pytest.raises(InvalidInputError):
        send_tip(tip=with_files(officer, solved(), named), at=NOON)


@pytest.mark.parametrize("size", [0, 1000, CLASS + 1, 256 * 1024 * 1024])
def test_a_file_that_is_not_padded_is_refused(officer, paid, size):
    faulty = pyrage.encrypt(bytes(min(size, CLASS + 1)), [officer[1].to_public()])

    with pytest.raises(InvalidInputError):
        send_tip(tip=with_files(officer, paid, sends(faulty, paid)), at=NOON)


def test_plain_bytes_are_refused(paid):
    with pytest.raises(InvalidInputError):
        sends(b"\xff\xd8 a picture" * 100, paid)


def test_a_part_out_of_turn_is_refused(body, paid):
    part = SealedPart(attachment_id=uuid4(), number=1, is_original=False, body=body[:100], solved=paid)

    with pytest.raises(InvalidInputError):
        keep_part(part=part, at=NOON)


def test_a_puzzle_pays_for_so_many_files(officer, paid):
    small = pyrage.encrypt(bytes(16 * 1024), [officer[1].to_public()])
    for _ in range(keeping.MOST_FILES):
        sends(small, paid)

    with pytest.raises(InvalidInputError):
        sends(small, paid)


def test_a_flood_of_files_without_messages_is_stopped(body, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_UNSENT", len(body))
    sends(body, solved())
    sends(body, solved())

    with pytest.raises(TooMuchUnsentError):
        sends(body, solved())


def test_a_puzzle_that_paid_takes_no_more_files(officer, body, paid):
    send_tip(tip=with_files(officer, paid), at=NOON)

    with pytest.raises(PuzzleError):
        sends(body, paid)


def test_what_was_cut_off_goes_after_a_day(body, paid):
    sends(body, paid)

    assert drop_unsent(at=NOON) == 0
    drop_unsent(at=NOON + timedelta(days=2))

    assert not Part.objects.exists()


def test_a_deleted_tip_takes_its_files_along(officer, body, paid):
    send_tip(tip=with_files(officer, paid, sends(body, paid)), at=NOON)

    Tip.objects.get().delete()

    assert not Part.objects.exists()


def test_an_original_is_opened_for_a_reason_which_the_trail_holds_sealed(officer, body, paid):
    send_tip(tip=with_files(officer, paid, sends(body, paid, original=True)), at=NOON)

    open_original(attachment_id=Attachment.objects.get().pk, reason="核实拍摄地点", by=officer[0], at=NOON)

    entry = Entry.objects.get()
    assert entry.code == "tips.open_original"
    assert "核实" not in json.dumps(entry.data, ensure_ascii=False)


def test_without_a_reason_it_stays_sealed(officer, body, paid):
    send_tip(tip=with_files(officer, paid, sends(body, paid, original=True)), at=NOON)

    with pytest.raises(ReasonMissingError):
        open_original(attachment_id=Attachment.objects.get().pk, reason="", by=officer[0], at=NOON)

    assert not Entry.objects.exists()


def test_nobody_else_opens_it(officer, body, paid):
    send_tip(tip=with_files(officer, paid, sends(body, paid, original=True)), at=NOON)
    stranger, _key = reader(channel("other"))

    with pytest.raises(NotFoundError):
        open_original(attachment_id=Attachment.objects.get().pk, reason="because", by=stranger, at=NOON)


def test_the_pages_give_out_what_came(client, officer, body, paid):
    send_tip(tip=with_files(officer, paid, sends(body, paid), sends(body, paid, original=True)), at=NOON)
    client.force_login(officer[0])
    copy, original = (Attachment.objects.get(is_original=value) for value in (False, True))

    got = b"".join(client.get(f"/tip-desk/files/{copy.pk}/").streaming_content)
    shut = client.get(f"/tip-desk/files/{original.pk}/")
    bare = client.post(f"/tip-desk/files/{original.pk}/original/", {"reason": ""})
    told = client.post(f"/tip-desk/files/{original.pk}/original/", {"reason": "核实拍摄地点"})

    assert got == b"".join(told.streaming_content) == body
    assert (shut.status_code, bare.status_code) == (404, 422)


def test_uploading_says_what_it_lacks(client):
    answer = client.post("/tips/upload/", b"x", content_type="application/octet-stream", headers={"X-File": "no"})

    assert answer.status_code == 422
