"""Recognize plain text: letters all through, and nothing a program would run or a browser would render."""

import codecs
import re
from collections.abc import Iterator
from typing import IO

from onegrid.core.media import formats
from onegrid.core.media.formats import Format

_CHUNK = 256 * 1024
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_ENCODINGS = (("utf-8", formats.TEXT), ("gb18030", formats.TEXT_GB))
_OTHER_THINGS = (b"<", b"#!", b"%!", b"{\\rtf", b"MZ", b"@echo")


def look(content: IO[bytes], head: bytes) -> Format | None:
    """Return the format of a text by its encoding, or None if this is none."""
    if head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(_OTHER_THINGS):
        return None
    return next((format_ for encoding, format_ in _ENCODINGS if _is_text(content, encoding)), None)


def _is_text(content: IO[bytes], encoding: str) -> bool:
    try:
        return not any(_CONTROLS.search(text) for text in _decoded(content, encoding))
    except UnicodeDecodeError:
        return False


def _decoded(content: IO[bytes], encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    content.seek(0)
    while data := content.read(_CHUNK):
        yield decoder.decode(data)
    yield decoder.decode(b"", final=True)
