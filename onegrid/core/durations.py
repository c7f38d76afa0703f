"""Lengths of time in words: the two largest units, or the largest of long ones, as a chip says them; or all of them."""

from collections.abc import Mapping
from datetime import timedelta
from functools import cache, lru_cache

from django.utils.translation import get_language, gettext

MINUTE = timedelta(minutes=1)
LONG = 100  # days from which hours say nothing any more
VERY_LONG = 1000  # days from which days say nothing any more
YEAR = 365


def left_in_minutes(left: timedelta) -> timedelta:
    """Round what is left of a limit as `minutes_left` does."""
    return minutes_left(left) * MINUTE


def minutes_left(left: timedelta) -> int:
    """
    Round what is left of a limit, below zero when it is late, to whole minutes: what is left up, what is late down.

    What is used is rounded down, so that the two make the limit. Whoever says what is left says this, so that all say
    the same at any second; `static/core/relative-time.js` rounds so too.
    """
    return -(-left // MINUTE)


def spoken(length: timedelta) -> str:
    """
    Say a length of time, such as "1 d 2 h" or "25 min"; what is shorter than a minute is "0 min".

    From 100 days on it is said in whole days, from 1,000 on in whole years, so that it fits where a chip stands.
    """
    minutes = abs(length) // MINUTE
    return _spoken(minutes, get_language())


@lru_cache(maxsize=4096)
def _spoken(minutes: int, _language: str | None) -> str:
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    words = unit_words()
    if days >= LONG:
        return words["years"] % (days // YEAR) if days >= VERY_LONG else words["days"] % days
    pairs = [(days, words["days"]), (hours, words["hours"])]
    if not days:
        pairs = [(hours, words["hours"]), (rest, words["minutes"])]
    return " ".join(text % count for count, text in pairs if count) or words["minutes"] % 0


def exactly(length: timedelta) -> str:
    """Say a length of time with every unit that is not zero, so that sums add up: "3 d 15 h 20 min"; else "0 min"."""
    minutes, words = abs(length) // MINUTE, unit_words()
    pairs = [(minutes // 1440, "days"), (minutes % 1440 // 60, "hours"), (minutes % 60, "minutes")]
    return " ".join(words[unit] % count for count, unit in pairs if count) or words["minutes"] % 0


def unit_words() -> Mapping[str, str]:
    """Return the pattern of each unit in the current language."""
    return _unit_words(get_language())


@cache  # a list says hundreds of lengths
def _unit_words(_language: str | None) -> Mapping[str, str]:
    return {
        # Translators: a number of years in a clock chip, as short as can be
        "years": gettext("%s y"),
        # Translators: a number of days in a clock chip, as short as can be
        "days": gettext("%s d"),
        # Translators: a number of hours in a clock chip, as short as can be
        "hours": gettext("%s h"),
        # Translators: a number of minutes in a clock chip, as short as can be
        "minutes": gettext("%s min"),
    }


def clock_words() -> dict[str, str]:
    """Return every word of a clock chip, for the script that lets it tick."""
    return {
        # Translators: time left until a deadline, e.g. "2 h 55 min left"
        "left": gettext("%s left"),
        # Translators: time since a deadline has passed, e.g. "1 d 2 h late"
        "over": gettext("%s late"),
        "g": gettext("on time: "),
        "y": gettext("due soon: "),
        "r": gettext("late: "),
        "p": gettext("paused: "),
        "d": gettext("done: "),
        "working_day": gettext("1 working day"),
        "working_days": gettext("%s working days"),
        "of_a_day": gettext("%s of a working day"),
        "working_hour": gettext("1 working hour"),
        "working_hours": gettext("%s working hours"),
        "of_work": gettext("%s of working time"),
        **unit_words(),
    }
