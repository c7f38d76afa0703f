"""A feed as Atom 1.0 (RFC 4287) writes it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring  # it only writes here

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml; charset=utf-8"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, kw_only=True, slots=True)
class AtomEntry:
    """One entry: plain text only."""

    id: UUID
    title: str
    text: str
    url: str
    category: str
    published: datetime
    updated: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class AtomFeed:
    """A feed; `url` is its own address and makes its id, `page` the page that shows the same to people."""

    title: str
    author: str
    language: str
    url: str
    page: str
    updated: datetime
    entries: Sequence[AtomEntry]


def written(feed: AtomFeed) -> bytes:
    """Return a feed as XML; characters that XML cannot hold are left out."""
    root = Element("feed", {"xmlns": ATOM, "xml:lang": feed.language})
    _text(root, "id", uuid5(NAMESPACE_URL, feed.url).urn)
    _text(root, "title", feed.title)
    _text(root, "updated", feed.updated.isoformat())
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": feed.url})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page})
    _text(SubElement(root, "author"), "name", feed.author)
    for entry in feed.entries:
        _entry(SubElement(root, "entry"), entry)
    text: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def _entry(element: Element, entry: AtomEntry) -> None:
    _text(element, "id", entry.id.urn)
    _text(element, "title", entry.title)
    _text(element, "published", entry.published.isoformat())
    _text(element, "updated", entry.updated.isoformat())
    SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": entry.url})
    if entry.category:
        SubElement(element, "category", {"term": _kept(entry.category)})
    _text(element, "content", entry.text).set("type", "text")


def _text(parent: Element, name: str, text: str) -> Element:
    element = SubElement(parent, name)
    element.text = _kept(text)
    return element


def _kept(text: str) -> str:
    return _NOT_XML.sub("", text)
