"""The number of a case as people copy it from a letter, a screen or by ear."""

import re
import unicodedata

_NUMBER = re.compile(r"(?:OG)?(?P<day>\d{6})(?P<count>\d{1,12})")
_PARTED = re.compile(r"[\W_]+")
COUNT_DIGITS = 6
LONGEST_NUMBER = 60  # characters; what is longer was not meant as a number


def case_number(text: str) -> str:
    """
    Return the number somebody means, as it is kept: `OG-261120-000387`; nothing if it cannot be one.

    Case, hyphens, blanks, full-width digits and leading zeros do not matter.
    """
    if len(text) > LONGEST_NUMBER:
        return ""
    match = _NUMBER.fullmatch(_PARTED.sub("", unicodedata.normalize("NFKC", text)).upper())
    if match is None or not match[0].isascii():
        return ""
    count = match["count"].lstrip("0")
    return f"OG-{match['day']}-{count.zfill(COUNT_DIGITS)}" if count else ""
