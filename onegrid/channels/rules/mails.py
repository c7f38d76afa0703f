"""
Read an e-mail as it came over the wire: who wrote, what is new in it, what hangs on it, and whether a person wrote it.

Nothing of it is believed: names, types and dates are the sender's word. What is too large, or nested as no person's
mail is, is refused before it is taken apart.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import errors, message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import getaddresses
from html.parser import HTMLParser

from onegrid.core.errors import InvalidInputError

LARGEST = 30 * 1024 * 1024  # bytes, as most servers have it
MOST_PARTS = 60
DEEPEST = 8
LONGEST_TEXT = 4000  # characters of one mail; the rest is left out
MOST_REFERENCES = 40
_ADDRESS = re.compile(r"[^@\s<>\"]{1,64}@[^@\s<>\"]{1,250}")
_ID = re.compile(r"<[^<>\s]{3,300}>")
_QUOTED = re.compile(  # where what others wrote before begins
    r"^(>|-{3,} ?(original|原始|forwarded|转发)|_{8,}$"
    r"|(on|am|le|在|于|於).{0,200}(wrote|写道|寫道)[:：]|(from|发件人|寄件者)[:：] )",
    re.IGNORECASE,
)
_ROBOTS = re.compile(r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)\b", re.IGNORECASE)
_BULK = frozenset({"bulk", "junk", "list", "auto_reply"})


class UnreadableMailError(InvalidInputError):
    """What came is no e-mail that can be read, or too large."""


@dataclass(frozen=True, kw_only=True)
class MailFile:
    """A file that hangs on a mail, by the name its sender gave it."""

    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One e-mail. `references` are the ids of what it answers, the nearest first."""

    sender: str
    message_id: str
    references: Sequence[str]
    subject: str
    text: str
    files: Sequence[MailFile]
    is_automatic: bool


def read_mail(raw: bytes) -> Mail:
    """
    Return what a mail says.

    :raises UnreadableMailError: if it is too large, nested too deeply, in too many parts, or from nobody.
    """
    if len(raw) > LARGEST:
        raise UnreadableMailError("The message is too large.")  # noqa: EM101 — for a mail server's log
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    parts = list(_parts(message, depth=0))
    sender = _sender(message)
    if not sender or len(parts) > MOST_PARTS:
        raise UnreadableMailError("The message cannot be read.")  # noqa: EM101
    return Mail(
        sender=sender,
        message_id=(_ids(message, "Message-ID") or [""])[0],
        references=[*_ids(message, "In-Reply-To"), *reversed(_ids(message, "References"))][:MOST_REFERENCES],
        subject=_header(message, "Subject")[:200],
        text=_text(parts)[:LONGEST_TEXT],
        files=[file for part in parts if (file := _file(part)) is not None],
        is_automatic=_is_automatic(message, sender),
    )


def _parts(message: Message, *, depth: int) -> Iterator[Message]:
    """Give the leaves; what a mail holds as a message of its own is a leaf, too."""
    if depth > DEEPEST:
        raise UnreadableMailError("The message is nested too deeply.")  # noqa: EM101
    if not message.is_multipart() or message.get_content_maintype() == "message":
        yield message
        return
    for part in message.get_payload():
        if isinstance(part, Message):
            yield from _parts(part, depth=depth + 1)


def _header(message: Message, name: str) -> str:
    """Return a header in one line; a mangled one counts as none."""
    try:
        return re.sub(r"[\x00-\x1f\x7f\s]+", " ", str(message.get(name, ""))).strip()
    except (ValueError, IndexError, AttributeError, errors.MessageError):  # the library stumbles over some
        return ""


def _sender(message: Message) -> str:
    """Return the one address a mail says it is from, in small letters; none where it says none, or several."""
    found = [address for _name, address in getaddresses([_header(message, "From")]) if address]
    if len(found) != 1 or not _ADDRESS.fullmatch(found[0]):
        return ""
    return found[0].lower()


def _ids(message: Message, name: str) -> list[str]:
    return _ID.findall(_header(message, name))


def _is_automatic(message: Message, sender: str) -> bool:
    """Tell whether a program wrote: nobody answers it, so that two programs never talk to each other (RFC 3834)."""
    submitted = _header(message, "Auto-Submitted").lower() or "no"
    return (
        not submitted.startswith("no")
        or _header(message, "Precedence").lower() in _BULK
        or bool(_header(message, "List-Id") or _header(message, "X-Autoreply") or _header(message, "X-Loop"))
        or _header(message, "Return-Path") == "<>"
        or message.get_content_type() == "multipart/report"
        or _ROBOTS.match(sender) is not None
    )


def _text(parts: Sequence[Message]) -> str:
    """Return what is new in a mail, without what it quotes: from its plain text, else from its HTML."""
    for kind, read in (("text/plain", str), ("text/html", _without_tags)):
        texts = [read(_decoded(part)) for part in parts if part.get_content_type() == kind and not part.get_filename()]
        if said := _new("\n".join(texts)):
            return said
    return ""


def _decoded(part: Message) -> str:
    content = _bytes(part)
    for charset in (part.get_content_charset() or "utf-8", "utf-8", "gb18030"):
        try:
            return content.decode(charset).replace("\x00", "")
        except (LookupError, ValueError):
            continue
    return content.decode("utf-8", "replace").replace("\x00", "")


def _new(text: str) -> str:
    lines: list[str] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if line.rstrip() == "--" or line.startswith("-- ") or _QUOTED.match(line):
            break
        lines.append(line.rstrip())
    return "\n".join(lines).strip()


def _file(part: Message) -> MailFile | None:
    """Return a part as a file: whatever is not the text of the mail."""
    name = part.get_filename() or ""
    if not name and part.get_content_maintype() in {"text", "message"}:
        return None
    content = _bytes(part)
    return MailFile(name=name[:100], content=content) if content else None


def _bytes(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


class _Words(HTMLParser):
    """Collects the words of a page, without what is not read."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 — as the library calls it
        self._unread += tag in {"script", "style", "head"}
        if tag in {"p", "br", "div", "li", "tr"}:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unread = max(0, self._unread - (tag in {"script", "style", "head"}))

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.words.append(data)


def _without_tags(html: str) -> str:
    reader = _Words()
    reader.feed(html)
    return re.sub(r"\n\s*\n+", "\n\n", "".join(reader.words))
