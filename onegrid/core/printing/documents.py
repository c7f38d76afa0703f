"""
Set documents as PDF, each in a process of its own.

A document is a source in the language of Typst that lies in an app's
`templates` folder, the common `sheet.typ` beside this file, and data. The font
lies here too, so that paper looks the same on every machine.
"""

import base64
import logging
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import BoundedSemaphore

import msgspec
from django.template.loader import get_template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.core.errors import DomainError
from onegrid.core.printing import typesetter

FOLDER = Path(__file__).parent
FONTS = FOLDER / "fonts"
LONGEST_WORD = 24  # characters without a place to break, in the narrowest column

_SECONDS = 30
_MEMORY = 4 * 1024 * 1024 * 1024  # of addresses; a list of 1,000 rows lives in 200 MB
_AT_ONCE = BoundedSemaphore(2)  # documents a server process has in work; the others wait their turn
_REGIONS = {"zh-hans": ("zh", "cn"), "zh-hant": ("zh", "tw"), "en": ("en", "gb")}
_SPACE = "\u200b"
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])

log = logging.getLogger(__name__)


class PaperFailedError(DomainError):
    """The document could not be set in the time and memory that one may take."""

    status = 503


def typeset(template: str, *, data: Mapping[str, object], pictures: Mapping[str, bytes] | None = None) -> bytes:
    """
    Return a document as PDF: the template reads `data.json`, and the pictures by their names.

    :raises PaperFailedError: if it cannot be set.
    """
    language, region = _REGIONS.get(get_language() or "", ("zh", "cn"))
    files = {
        "main": _source(template),
        "sheet.typ": (FOLDER / "sheet.typ").read_bytes(),
        "data.json": msgspec.json.encode({**data, "language": language, "region": region, "words": _words()}),
        **(pictures or {}),
    }
    encoded = {name: base64.b64encode(content).decode() for name, content in files.items()}
    asked = msgspec.json.encode({"fonts": str(FONTS), "files": encoded})
    command = [sys.executable, "-I", str(Path(typesetter.__file__)), str(_SECONDS), str(_MEMORY)]
    with _AT_ONCE:
        try:
            done = subprocess.run(  # noqa: S603  # our own script; nothing of the document is in the command
                command, input=asked, capture_output=True, timeout=2 * _SECONDS, env={}, check=False
            )
        except subprocess.TimeoutExpired as fault:
            raise _failed(-1) from fault
    if done.returncode:
        # What the typesetter says may quote the document, so only its code is logged.
        raise _failed(done.returncode)
    return done.stdout


def breakable(text: str) -> str:
    """
    Return what somebody wrote as paper takes it.

    Long words get places without width to break at; signs that turn the reading
    direction round are left out, since they show another text than there is.
    """
    text = text.translate(_TURNS)
    return " ".join(_pieces(word) for word in text.split(" "))


def _pieces(word: str) -> str:
    if len(word) <= LONGEST_WORD or not word.isascii():
        return word
    return _SPACE.join(word[at : at + LONGEST_WORD] for at in range(0, len(word), LONGEST_WORD))


def _words() -> dict[str, str]:
    return {
        # Translators: at the foot of every sheet; keep {page} and {pages} as they are
        "page": _("Page {page} of {pages}"),
        "internal": _("Internal"),
        "not_for_others": _("Internal copy: not for handing out"),
    }


def _source(template: str) -> bytes:
    return Path(get_template(template).origin.name).read_bytes()  # type: ignore[attr-defined]  # the backend's has one


def _failed(code: int) -> PaperFailedError:
    log.warning("printing.failed", extra={"code": code})
    return PaperFailedError(_("The sheet could not be set just now. Try again, or choose fewer rows."))
