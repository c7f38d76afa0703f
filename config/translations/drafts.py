"""Drafts traditional Chinese from simplified, word by word as Taiwan writes it; what was done by hand is kept."""

from babel.messages.catalog import Catalog, Message
from opencc import OpenCC

from config.translations.catalogs import BY_HAND, entries


def draft_traditional(simplified: Catalog, traditional: Catalog) -> None:
    """Fill the traditional catalogue from the simplified one, except the entries marked as done by hand."""
    converter = OpenCC("s2twp")
    for message in entries(simplified):
        known = traditional.get(message.id, message.context)
        if known and known.string and BY_HAND in known.user_comments:
            continue
        if known:
            known.string = _converted(converter, message)


def _converted(converter: OpenCC, message: Message) -> str | tuple[str, ...]:
    if isinstance(message.string, str):
        return str(converter.convert(message.string))
    return tuple(str(converter.convert(text)) for text in message.string or ())
