"""Whether the calendars of a pack can be reckoned with, and what they ask the app of units to do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from onegrid.packs.rules.pack import Fault, Pack
from onegrid.units.public import (
    DEFAULT_CALENDAR,
    CalendarPlan,
    HolidaySource,
    PublicDay,
    WrongCalendarError,
    spans_of,
    week_of,
)

FILE: Final = "calendars.yaml"
LONGEST: Final = 31  # days of one public holiday
# Who follows a calendar: the key in the file → the column of units.csv. The former go before the latter.
FOLLOWERS: Final = {"units": "code", "functions": "function", "kinds": "kind"}


def calendar_faults(pack: Pack) -> Iterator[Fault]:
    """Name everything wrong with the calendars."""
    calendars = pack.calendars.get("calendars", ())
    for place, text in (
        *_named_twice(calendars),
        *_defaults(calendars),
        *_wrong_hours(calendars),
        *_unknown_followers(pack, calendars),
        *_followed_twice(calendars),
        *_wrong_days(pack.calendars.get("public_days", ())),
    ):
        yield Fault(FILE, None, place, text)


def calendar_plans(pack: Pack) -> list[CalendarPlan]:
    """Return the calendars; for a pack that has none, that of an office."""
    return [
        CalendarPlan(
            code=entry["code"],
            name=entry["name"],
            name_en=entry["name_en"],
            weekly=_weekly(entry),
            holidays=HolidaySource(entry["holidays"]),
            is_default=entry.get("default", False),
        )
        for entry in pack.calendars.get("calendars", ())
    ] or [DEFAULT_CALENDAR]


def public_day_plans(pack: Pack) -> Iterator[PublicDay]:
    """Return the public holidays that the pack gives itself, day by day."""
    for entry in pack.calendars.get("public_days", ()):
        for day in _days(entry):
            yield PublicDay(day=day, is_working=entry["working"], name=entry["name"], name_en=entry["name_en"])


def followed_calendars(pack: Pack) -> dict[str, str]:
    """Return the code of the calendar of each unit that has its own."""
    of = {
        (key, value): entry["code"]
        for entry in pack.calendars.get("calendars", ())
        for key in FOLLOWERS
        for value in entry.get(key, ())
    }
    followed = {}
    for row in pack["units"]:
        found = [of[key, row[column]] for key, column in FOLLOWERS.items() if (key, row[column]) in of]
        if found:
            followed[row["code"]] = found[0]
    return followed


def _weekly(entry: Mapping[str, Any]) -> dict[str, list[list[str]]]:
    weekly: dict[str, list[list[str]]] = {}
    for hours in entry["hours"]:
        for weekday in hours["weekdays"]:
            weekly.setdefault(str(weekday), []).extend(span.split("-") for span in hours["spans"])
    return weekly


def _days(entry: Mapping[str, Any]) -> list[date]:
    first, last = date.fromisoformat(entry["from"]), date.fromisoformat(entry.get("to", entry["from"]))
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _named_twice(calendars: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    seen = set()
    for number, entry in enumerate(calendars):
        if entry["code"] in seen:
            yield f"calendars.{number}.code", _("“%(value)s” is there twice.") % {"value": entry["code"]}
        seen.add(entry["code"])


def _defaults(calendars: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    if calendars and sum(entry.get("default", False) for entry in calendars) != 1:
        yield "calendars", _("One calendar, and only one, is the default.")


def _wrong_hours(calendars: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for number, entry in enumerate(calendars):
        weekly = _weekly(entry)
        wrong = [reason for spans in weekly.values() if (reason := _refusal(spans))]
        for reason in dict.fromkeys(wrong):
            yield f"calendars.{number}.hours", reason
        if not wrong and (reason := _refusal(weekly)):
            yield f"calendars.{number}.hours", reason


def _refusal(hours: Mapping[str, list[list[str]]] | list[list[str]]) -> str:
    try:
        week_of(hours) if isinstance(hours, Mapping) else spans_of(hours)
    except WrongCalendarError as error:
        return str(error)
    return ""


def _unknown_followers(pack: Pack, calendars: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for number, entry in enumerate(calendars):
        for key, column in FOLLOWERS.items():
            known = {row[column] for row in pack["units"]}
            for value in entry.get(key, ()):
                if value not in known:
                    yield f"calendars.{number}.{key}", _("“%(value)s” is not in the pack.") % {"value": value}


def _followed_twice(calendars: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    seen: dict[tuple[str, str], str] = {}
    for number, entry in enumerate(calendars):
        for key in FOLLOWERS:
            for value in entry.get(key, ()):
                other = seen.setdefault((key, value), entry["code"])
                if other != entry["code"]:
                    text = _("“%(value)s” already follows “%(other)s”.")
                    yield f"calendars.{number}.{key}", text % {"value": value, "other": other}


def _wrong_days(public_days: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    seen = set()
    for number, entry in enumerate(public_days):
        days = _days(entry)
        if not days:
            yield f"public_days.{number}.to", _("The end lies before the beginning.")
        elif len(days) > LONGEST:
            text = _("No public holiday lasts longer than %(days)d days.") % {"days": LONGEST}
            yield f"public_days.{number}.to", text
        for day in days:
            if day in seen:
                yield f"public_days.{number}", _("“%(value)s” is there twice.") % {"value": day}
            seen.add(day)
