"""Channels, readers and sealed bytes, made with an implementation of age that is not the browser's."""

import hashlib
import json
import secrets
from datetime import UTC, datetime

import pyrage
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from onegrid.accounts.models import Role
from onegrid.accounts.tests.factories import person
from onegrid.tips.actions.puzzles import Solved, give_puzzle
from onegrid.tips.actions.send_tip import SealedTip, send_tip
from onegrid.tips.models import Channel, Recipient, Tip
from onegrid.tips.rules import puzzles

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
WRAPPED = "-----BEGIN AGE ENCRYPTED FILE-----\nnot opened here\n-----END AGE ENCRYPTED FILE-----\n"
CLASS = 4096


def channel(code="fire"):
    return Channel.objects.create(
        code=code, name="消防隐患", about="堵塞通道、违规用电", telephone="0577-12345", letters_to="瓯海区政法委"
    )


def reader(into, *, role=Role.TIP_OFFICER, confirmed=True, user=None, **fields):
    """An officer who reads a channel; their private key comes along."""
    user, identity = user or person(role=role, **fields), pyrage.x25519.Identity.generate()
    Recipient.objects.create(
        channel=into,
        user=user,
        public_key=str(identity.to_public()),
        wrapped_key=WRAPPED,
        appointed_by="admin",
        appointed_at=NOON,
        confirmed_by="deputy" if confirmed else "",
        confirmed_at=NOON if confirmed else None,
    )
    return user, identity


def sealed(text, *identities, size=CLASS):
    """Seal as the page does: length, JSON, zeros up to a class."""
    body = json.dumps({"v": 1, "text": text}).encode()
    whole = len(body).to_bytes(4) + body
    return pyrage.encrypt(whole.ljust(size, b"\0"), [one.to_public() for one in identities])


def opened(body, identity):
    whole = pyrage.decrypt(bytes(body), [identity])
    return json.loads(whole[4 : 4 + int.from_bytes(whole[:4])])


def solved(*, at=NOON, text=None):
    """A fresh puzzle with its solution."""
    text = text or give_puzzle(at=at)
    puzzle, _signature = puzzles.opened(text)
    return Solved(puzzle=text, numbers=[_number(puzzle, part) for part in range(puzzles.PARTS)])


def _number(puzzle, part):
    tried = (str(number) for number in range(2**30))
    enough = 2 ** (256 - puzzle.bits)
    return next(
        number
        for number in tried
        if int.from_bytes(hashlib.sha256(f"{puzzle.text}.{part}.{number}".encode()).digest()) < enough
    )


def tip(into, *identities, text="三楼的通道堵了", at=NOON, secret=None):
    """A tip as its sender's device sends it; returns the row, what the code derives, and the sender's key."""
    secret, own = secret or secrets.token_hex(32), pyrage.x25519.Identity.generate()
    lookup = hashlib.sha256(bytes.fromhex(secret)).hexdigest()
    body = sealed(text, *identities)
    whole = SealedTip(
        channel=into.code, lookup=lookup, public_key=str(own.to_public()), sealed=body, solved=solved(at=at)
    )
    send_tip(tip=whole, at=at)
    return Tip.objects.get(lookup_hash=bytes.fromhex(lookup)), secret, own


def with_second_factor(user):
    """Somebody who has set up an authenticator, as administrators must before anything else."""
    TOTP.activate(user, generate_totp_secret())
    return user
