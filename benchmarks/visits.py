"""
What a caller of a spike does, and how what was acknowledged is looked for afterwards.

A visit goes as it would in life: who is told to come back asks the same once more, so that one matter is sent several
times, and some press the button twice although they had an answer.
"""

import hashlib
import io
import itertools
import random
import re
import secrets
from base64 import b64encode
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol
from uuid import UUID

import msgspec
from django.utils.timezone import now
from PIL import Image

from benchmarks import base, intake
from benchmarks.callers import Caller
from benchmarks.load import Answer, request
from onegrid.cases.public import Case
from onegrid.core.media import resumable

BUSY, TOO_MANY = 503, 429
TWICE = 5  # every fifth form is sent again although it was taken
PHOTO_SIZE = (640, 480)


@dataclass(frozen=True)
class Found:
    """What became of what was acknowledged: how much is not there, and how much is there more than once."""

    lost: int
    doubled: int
    said: str = ""  # what else is worth a word


@dataclass
class Asking:
    """One step of a visit: what goes over the line, and which status says that it was taken."""

    message: bytes
    good: int
    acknowledges: Callable[[Answer], str] | None = None  # what was taken for good, by the answer


class Kind(Protocol):
    """A way in: its name, what one visit does, and how to look for what it left."""

    name: str

    def visit(self) -> Generator[Asking, Answer, None]:
        """Give the steps of one visit; the answer to each is sent back in."""

    def look_for(self, receipts: Sequence[str]) -> Found:
        """Find out what became of what was acknowledged."""


Steps = Generator[Asking, Answer, None]


class Programs:
    """Programs that report by the API, each report under an id of its own."""

    name = "intake API"

    def __init__(self, caller: Caller) -> None:
        self._make = intake.maker(caller)

    def visit(self) -> Steps:
        """Send one report."""
        yield Asking(self._make(), 201, lambda answer: str(msgspec.json.decode(answer.plain())["id"]))

    def look_for(self, receipts: Sequence[str]) -> Found:
        """Look for the cases by their ids."""
        kept = Case.objects.filter(pk__in=[UUID(each) for each in receipts]).count()
        return Found(lost=len(set(receipts)) - kept, doubled=len(receipts) - len(set(receipts)))


@dataclass
class Residents:
    """People without script who open the form and send it, each from an address of their own unless told otherwise."""

    name: str = "report form"
    source: Callable[[], dict[str, str]] = field(default_factory=lambda: from_somewhere)
    mark: str = field(default_factory=lambda: secrets.token_hex(4))  # tells the cases of this spike from all others

    def __post_init__(self) -> None:
        self._places = itertools.cycle(base.places(intake.VARIETY, seed=11))
        self._count = itertools.count()

    def visit(self) -> Steps:
        """Open the form, send it, and sometimes press once more."""
        headers = self.source()
        opened = yield Asking(request("GET", "/report/", headers=headers), 200)
        point, number = next(self._places), next(self._count)
        fields = {name: _hidden(opened.body, name) for name in ("csrfmiddlewaretoken", "state")}
        fields |= {"text": f"{base.WORDS[number % len(base.WORDS)]}，请处理。", "who": "anonymous", "seen": "1"}
        fields |= {"lon": f"{point.lon}", "lat": f"{point.lat}", "system": "wgs84", "address": f"{self.mark} {number}"}
        token = opened.header("Set-Cookie").partition(";")[0]
        kind, body = _multipart(fields)
        headers = headers | {"Content-Type": kind, "Cookie": token, "Origin": "https://localhost"}
        sent = Asking(request("POST", "/report/", headers=headers, body=body), 303, _number)
        yield sent
        if number % TWICE == 0:
            yield sent

    def look_for(self, receipts: Sequence[str]) -> Found:
        """Look for the cases by their numbers, and for more of them than there are numbers."""
        numbers = set(receipts)
        kept = Case.objects.filter(number__in=numbers).count()
        written = Case.objects.filter(address__startswith=f"{self.mark} ")
        matters = set(written.values_list("address", flat=True))
        return Found(
            lost=len(numbers) - kept,
            doubled=written.count() - len(matters),
            said=f"{len(receipts) - len(numbers)} pressed twice",
        )


class Senders:
    """People whose photos go out by tus before the report, each from an address of their own."""

    name = "photos by tus"

    def __init__(self) -> None:
        self._photos = [_photo(seed) for seed in range(8)]
        self._hashes = {hashlib.sha256(each).digest() for each in self._photos}
        self._turn = itertools.cycle(self._photos)

    def visit(self) -> Steps:
        """Begin an upload and send its only piece."""
        photo, headers = next(self._turn), from_somewhere() | {"Tus-Resumable": "1.0.0"}
        named = {"Upload-Length": str(len(photo)), "Upload-Metadata": f"filename {b64encode(b'a.jpg').decode()}"}
        begun = yield Asking(request("POST", "/report/files/", headers=headers | named), 201)
        address = re.sub(r"^https?://[^/]+", "", begun.header("Location"))
        headers |= {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}

        def acknowledged(answer: Answer) -> str:
            whole = answer.header("Upload-Offset") == str(len(photo))
            return address.strip("/").rpartition("/")[2] if whole else ""

        yield Asking(request("PATCH", address, headers=headers, body=photo), 204, acknowledged)

    def look_for(self, receipts: Sequence[str]) -> Found:
        """Open each upload and compare its bytes; then see that a day later nothing is left, whole or half."""
        kept = sum(self._is_whole(each) for each in set(receipts))
        begun = resumable.sweep(at=now() + resumable.LIFETIME + timedelta(minutes=1))
        left = resumable.sweep(at=now() + 2 * resumable.LIFETIME)
        return Found(
            lost=len(set(receipts)) - kept,
            doubled=len(receipts) - len(set(receipts)),
            said=f"{begun - kept} begun and not ended, {left} left by the sweep a day later",
        )

    def _is_whole(self, id_: str) -> bool:
        with resumable.opened(id_, at=now()) as content:
            return hashlib.sha256(content.read()).digest() in self._hashes


def from_somewhere() -> dict[str, str]:
    """Return what the proxy of `deploy/nginx.conf` says of a caller whom nobody has seen before."""
    one, two, three = (secrets.randbelow(256) for _ in range(3))
    return {"X-Forwarded-For": f"10.{one}.{two}.{three}", "X-Forwarded-Proto": "https"}


def _number(answer: Answer) -> str:
    return answer.header("Location").strip("/").rpartition("/")[2]


def _hidden(page: bytes, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]+)"'.encode(), page)
    return found.group(1).decode() if found else ""


def _multipart(fields: dict[str, str]) -> tuple[str, bytes]:
    line = f"----{secrets.token_hex(12)}"
    parts = [
        f'--{line}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    return f"multipart/form-data; boundary={line}", "".join([*parts, f"--{line}--\r\n"]).encode()


def _photo(seed: int) -> bytes:
    """Return a photo of about 40 kB that is the same every time."""
    generator, written = random.Random(seed), io.BytesIO()  # noqa: S311 — repeatable, not secret
    grain = Image.frombytes("RGB", (80, 60), generator.randbytes(80 * 60 * 3))
    grain.resize(PHOTO_SIZE).save(written, "JPEG", quality=70)
    return written.getvalue()
