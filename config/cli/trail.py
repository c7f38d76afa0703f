"""What `onegrid audit` does, once Django is ready."""

import getpass
import json
import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import typer
from django.utils import translation

from onegrid.core.errors import DomainError
from onegrid.oversight import public as oversight


def known_checkpoints(*, texts: Sequence[str], file: Path | None) -> list[oversight.Checkpoint]:
    """
    Return the seals somebody noted down: those given, or else this machine's own notes.

    :raises typer.BadParameter: if a text is not a number and a hash.
    """
    given = [checkpoint for text in texts for checkpoint in oversight.noted(text)]
    if len(given) != len(texts):
        message = "A checkpoint is the number of a seal, a colon and its hash in 64 hexadecimal digits."
        raise typer.BadParameter(message)
    if file is not None:
        given += oversight.checkpoints(file)
    return given or oversight.checkpoints(oversight.checkpoint_file())


def examined(
    *, file: Path | None, public_key: Path | None, checkpoints: Iterable[oversight.Checkpoint]
) -> oversight.Report:
    """
    Check the database, or a file.

    :raises typer.BadParameter: if there is no public key to check with.
    """
    try:
        with _language():
            keys = oversight.public_keys(public_key or oversight.public_key_file())
    except DomainError as error:
        raise typer.BadParameter(str(error)) from error
    if file is not None:
        return oversight.verify_file(file, keys, checkpoints=checkpoints)
    return oversight.verify(keys, checkpoints=checkpoints)


def told(report: oversight.Report, *, as_json: bool) -> str:
    """Return the result as text for a person, or for a program."""
    with _language():
        if as_json:
            return json.dumps(oversight.as_data(report), ensure_ascii=False, indent=2)
        return "\n".join(oversight.summary(report))


def seal() -> str:
    """Seal what has settled and say how much."""
    sealing = oversight.seal_entries(at=datetime.now(UTC))
    return f"{sealing.entries} entries sealed, {sealing.seals} seals."


def export(file: Path) -> str:
    """Seal the trail and write it to a file, which is an entry of the trail itself. Say how much."""
    oversight.record_apart(
        "oversight.export", target="oversight.Entry:all", by=_operator(), at=datetime.now(UTC), data={}
    )
    oversight.seal_entries(at=datetime.now(UTC))
    lines = 0
    with file.open("x", encoding="utf8", newline="\n") as target:
        for line in oversight.exported():
            target.write(f"{line}\n")
            lines += 1
    return f"{lines} lines written to {file}. Hand out {oversight.public_key_file()} with it."


def change_key() -> str:
    """Change the key and say its fingerprint."""
    fingerprint = oversight.change_key(by=_operator(), at=datetime.now(UTC))
    return f"Seals are signed with {fingerprint} from now on. Hand out {oversight.public_key_file()} again."


def _operator() -> oversight.Actor:
    """Name who works at the command line, by their account on the machine."""
    return oversight.Actor(f"{getpass.getuser()}@command-line")


def _language() -> translation.override:
    """Speak Chinese on a Chinese terminal and English on all others, as the rest of the command line."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return translation.override("zh-hans" if spoken.startswith("zh") else "en")
