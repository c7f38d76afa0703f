"""
The private key of the trail: made at first use, changed when wanted.

It lies in `keys/audit.key`, readable by its owner only. Nothing signed with it
loses its worth when it is changed: its public half stays in `audit.pub`.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.db import transaction

from onegrid.oversight.actions.record import record
from onegrid.oversight.models import Actor
from onegrid.oversight.readers.keys import folder, public_key_file
from onegrid.oversight.rules.seals import fingerprint_of


def signing_key() -> Ed25519PrivateKey:
    """
    Return the key that signs, and make it first if there is none.

    Two processes that start together end up with the same key: whoever links its
    file first wins. The public half is published before the private one is used.

    :raises TypeError: if the file holds something else.
    """
    path = folder() / "audit.key"
    if not path.exists():
        with _new_key() as fresh, suppress(FileExistsError):
            os.link(fresh, path)
    key = _load(path)
    _publish(key)
    return key


@transaction.atomic(durable=True)
def change_key(*, by: Actor, at: datetime) -> str:
    """Sign with a new key from now on, and return its fingerprint. The old private key is gone afterwards."""
    before = fingerprint_of(signing_key().public_key())
    with _new_key() as fresh:
        key = _load(fresh)
        after = fingerprint_of(key.public_key())
        record("oversight.change_key", target=f"oversight.Key:{after}", by=by, at=at, data={"before": before})
        _publish(key)
        fresh.replace(folder() / "audit.key")
    return after


@contextmanager
def _new_key() -> Iterator[Path]:
    """Give a fresh private key in a file of its own, which is removed unless it was moved away."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder() / f".{secrets.token_hex(8)}.key"
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _load(path: Path) -> Ed25519PrivateKey:
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        message = f"{path} is not an Ed25519 key."
        raise TypeError(message)
    return key


def _publish(key: Ed25519PrivateKey) -> None:
    pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    with public_key_file().open("a+", encoding="utf8") as file:
        file.seek(0)
        if pem not in file.read():
            file.write(pem)
