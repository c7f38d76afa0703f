"""
Read the small XML documents that WeChat posts, and write those it is answered with.

What could hide something in a document is refused before it is read: a document type (and with it every entity that
somebody could define, nest or fetch), instructions, a depth or number of elements that no message has.
"""

from collections.abc import Mapping
from xml.parsers import expat
from xml.sax.saxutils import escape

from onegrid.core.errors import InvalidInputError

DEEPEST = 6
MOST_ELEMENTS = 200


class UnreadableMessageError(InvalidInputError):
    """What was posted is no message of WeChat's."""

    def __init__(self) -> None:
        super().__init__("This is no message that WeChat sends.")


class _Reader:
    """Collects the text of the elements directly below the root."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self._open: list[str] = []
        self._count = 0

    def start(self, name: str, _attributes: object) -> None:
        self._open.append(name)
        self._count += 1
        if len(self._open) > DEEPEST or self._count > MOST_ELEMENTS:
            raise UnreadableMessageError

    def end(self, _name: str) -> None:
        self._open.pop()

    def text(self, data: str) -> None:
        if len(self._open) == 2:  # noqa: PLR2004 — the root and one below it
            self.fields[self._open[1]] = self.fields.get(self._open[1], "") + data


def _refuse(*_anything: object) -> None:
    raise UnreadableMessageError


def fields_of(document: bytes) -> Mapping[str, str]:
    """
    Return the fields of a message by name; what is nested deeper is passed over.

    :raises UnreadableMessageError: if it is not well-formed, not UTF-8, or holds what no message holds.
    """
    reader, parser = _Reader(), expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = parser.ProcessingInstructionHandler = _refuse
    parser.ExternalEntityRefHandler = None
    try:
        parser.Parse(document, True)  # noqa: FBT003 — the parser knows no name for it
    except (expat.ExpatError, ValueError, LookupError) as fault:
        raise UnreadableMessageError from fault
    return reader.fields


def document_of(fields: Mapping[str, str]) -> str:
    """Return a document with these fields below its root."""
    return "<xml>" + "".join(f"<{name}>{escape(text)}</{name}>" for name, text in fields.items()) + "</xml>"
