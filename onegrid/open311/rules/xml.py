"""
Answers as XML: written by the standard library, which escapes what has to be; nothing is ever parsed.

GeoReport's JSON follows from its XML, so one shape serves both: a list becomes an
element with its members inside, nothing becomes an empty element.
"""

import re
from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

# Every list, and what each of its members is called.
MEMBERS: Final[Mapping[str, str]] = {
    "services": "service",
    "service_requests": "request",
    "service_request_updates": "request_update",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
    "errors": "error",
}
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0 §2.2


def document(root: str, content: object) -> bytes:
    """
    Return an XML document of what consists of mappings, lists, texts, numbers and truths.

    Characters that XML cannot hold, such as NUL, are left out.
    """
    element = Element(root)
    _fill(element, content)
    body: bytes = tostring(element, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + body


def _fill(element: Element, content: object) -> None:
    if isinstance(content, Mapping):
        for name, part in content.items():
            _fill(SubElement(element, name), part)
    elif isinstance(content, list | tuple):
        for part in content:
            _fill(SubElement(element, MEMBERS[element.tag]), part)
    elif isinstance(content, bool):
        element.text = "true" if content else "false"
    elif content is not None:
        element.text = _UNWRITABLE.sub("", str(content))
