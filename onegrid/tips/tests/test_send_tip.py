"""A sealed tip is kept with the day it came and nothing else; what is not sealed, paid or readable is refused."""

from dataclasses import replace
from datetime import date, timedelta

import pyrage
import pytest

from onegrid.core.errors import InvalidInputError, NotFoundError
from onegrid.tips.actions.puzzles import PuzzleError, forget_puzzles, give_puzzle
from onegrid.tips.actions.send_tip import ChannelNotOpenError, SealedTip, delete_own_tip, send_tip, write_again
from onegrid.tips.models import Message, PuzzleKey, SpentPuzzle, Tip
from onegrid.tips.readers.dialogue import dialogue
from onegrid.tips.rules import puzzles
from onegrid.tips.rules.standing import NotAsItStandsError
from onegrid.tips.tests.arranging import NOON, channel, opened, reader, sealed, solved, tip

pytestmark = pytest.mark.django_db


@pytest.fixture
def fire():
    return channel()


@pytest.fixture
def key(fire):
    return reader(fire)[1]


@pytest.fixture
def sent(fire, key):
    """What a device sends."""
    own = pyrage.x25519.Identity.generate()
    return SealedTip(
        channel="fire", lookup="ab" * 32, public_key=str(own.to_public()), sealed=sealed("x", key), solved=solved()
    )


def test_is_kept_with_its_day_and_opened_by_the_readers_key_only(fire, key):
    kept, _secret, _own = tip(fire, key, text="三楼的通道堵了")

    assert (kept.came_on, kept.delete_on) == (date(2026, 11, 24), date(2026, 11, 24) + timedelta(days=180))
    assert opened(kept.messages.get().sealed, key)["text"] == "三楼的通道堵了"


def test_ids_hold_no_moment(fire, key):
    kept, _secret, _own = tip(fire, key)

    assert kept.pk.version == kept.messages.get().pk.version == 4


def test_sending_twice_changes_nothing(sent):
    send_tip(tip=sent, at=NOON)
    send_tip(tip=sent, at=NOON)

    assert Message.objects.count() == 1


def test_a_code_leads_to_one_tip(sent, key):
    send_tip(tip=sent, at=NOON)

    with pytest.raises(NotAsItStandsError):
        send_tip(tip=replace(sent, sealed=sealed("other", key), solved=solved()), at=NOON)


@pytest.mark.parametrize(
    "faulty",
    [
        {"sealed": "三楼的通道堵了".encode()},
        {"sealed": b"age-encryption.org/v1\n-> X25519 " + b"x" * 5000},
        {"lookup": "三楼"},
        {"public_key": "age1x"},
    ],
)
def test_refuses_what_is_not_sealed(sent, faulty):
    with pytest.raises(InvalidInputError):
        send_tip(tip=replace(sent, **faulty), at=NOON)

    assert not Tip.objects.exists()


def test_refuses_a_size_that_says_something(sent, key):
    with pytest.raises(InvalidInputError):
        send_tip(tip=replace(sent, sealed=sealed("x", key, size=5000)), at=NOON)


@pytest.mark.parametrize("code", ["fire", "nowhere"])
def test_refuses_what_nobody_could_read(sent, fire, code):
    fire.recipients.update(ended_at=NOON)

    with pytest.raises(ChannelNotOpenError):
        send_tip(tip=replace(sent, channel=code), at=NOON)


def test_a_puzzle_pays_once(sent, fire, key):
    send_tip(tip=sent, at=NOON)

    with pytest.raises(PuzzleError):
        send_tip(tip=replace(sent, lookup="cd" * 32), at=NOON)


@pytest.mark.parametrize("later", [timedelta(hours=3), timedelta(hours=-1)])
def test_a_puzzle_runs_out(sent, later):
    with pytest.raises(PuzzleError):
        send_tip(tip=sent, at=NOON + later)


@pytest.mark.parametrize("text", ["", "1.2.3", "x.4.nonce.mac", "2972000.0.nonce.00"])
def test_a_puzzle_of_ones_own_pays_nothing(sent, text):
    with pytest.raises(PuzzleError):
        send_tip(tip=replace(sent, solved=replace(sent.solved, puzzle=text)), at=NOON)


def test_numbers_that_solve_nothing_pay_nothing(sent):
    with pytest.raises(PuzzleError):
        send_tip(tip=replace(sent, solved=replace(sent.solved, numbers=["x"] * puzzles.PARTS)), at=NOON)


def test_puzzles_get_harder_in_a_flood_and_easy_again():
    window = puzzles.window_of(NOON)
    SpentPuzzle.objects.bulk_create(SpentPuzzle(hash=bytes([n]) * 32, window=window) for n in range(80))

    flooded = puzzles.opened(give_puzzle(at=NOON))[0].bits
    afterwards = puzzles.opened(give_puzzle(at=NOON + timedelta(minutes=25)))[0].bits

    assert flooded - afterwards == 3


def test_puzzles_are_forgotten_when_they_have_run_out(sent):
    send_tip(tip=sent, at=NOON)

    forget_puzzles(at=NOON + timedelta(days=3))

    assert not SpentPuzzle.objects.exists()
    assert not PuzzleKey.objects.exists()


def test_the_holder_of_the_code_sees_the_dialogue_but_not_their_own_words(fire, key):
    _kept, secret, _own = tip(fire, key)

    found = dialogue(secret)

    assert [(one.author, one.sealed) for one in found.messages] == [("tipster", b"")]
    assert found.readers == [str(key.to_public())]


@pytest.mark.parametrize("secret", ["", "no", "00" * 32])
def test_a_wrong_code_leads_nowhere(fire, key, secret):
    tip(fire, key)

    with pytest.raises(NotFoundError):
        dialogue(secret)


def test_writing_again_lengthens_its_time(fire, key):
    kept, secret, _own = tip(fire, key)

    later = NOON + timedelta(days=100)
    write_again(secret=secret, sealed=sealed("more", key), solved=solved(at=later), at=later)

    kept.refresh_from_db()
    assert kept.delete_on == date(2026, 11, 24) + timedelta(days=280)
    assert [message.number for message in kept.messages.order_by("number")] == [1, 2]


def test_its_sender_can_delete_it(fire, key):
    _kept, secret, _own = tip(fire, key)

    delete_own_tip(secret=secret)

    assert not Tip.objects.exists()
    assert not Message.objects.exists()
