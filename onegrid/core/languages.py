"""The languages of the site, as a page names them and offers them."""

from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language

SHORT_NAMES = {"zh-hans": "简", "zh-hant": "繁", "en": "En"}
LANGUAGE_TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}  # as BCP 47 writes them


class Offered(NamedTuple):
    """A language named in itself; `lang` is how an attribute writes it."""

    code: str
    name: str
    short: str
    lang: str
    is_current: bool


def page_language() -> str:
    """Return the current language as the `lang` attribute writes it."""
    language = get_language() or settings.LANGUAGE_CODE
    return LANGUAGE_TAGS.get(language, language)


def languages() -> list[Offered]:
    """Return every language of the site."""
    return _languages(get_language() or "")


@cache  # they stand on every page
def _languages(current: str) -> list[Offered]:
    return [
        Offered(code, name, SHORT_NAMES.get(code, code), LANGUAGE_TAGS.get(code, code), code == current)
        for code, name in settings.LANGUAGES
    ]
