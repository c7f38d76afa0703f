"""
The closed list of what a work list can be narrowed by, as it stands in an address.

Every view of the list is a link: the same words give the same list to somebody
else, and the map uses them too. A word that is not in the list is refused, so
that nobody reads a wider list than they asked for.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import cached_property
from typing import TypeVar
from urllib.parse import parse_qs, urlencode

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onegrid.cases.public import Channel, Due, Handled, Order, Scope, Selection, Stage, Status
from onegrid.core.errors import InvalidInputError

EnumT = TypeVar("EnumT", bound=Enum)

NAMES = (
    "scope", "status", "due", "days", "category", "area", "channel", "urgent", "simulated", "ended", "q", "sort",
    "after", "lead", "holder", "came_from", "came_to", "ended_from", "ended_to", "returned", "missed", "late_in",
    "exempt", "handled", "handled_by", "handled_from", "handled_to",
)  # fmt: skip
# Those that the numbers of the overview set, and for which the page of filters has no field.
FROM_ELSEWHERE = NAMES[NAMES.index("lead") :]
NARROWING = tuple(name for name in NAMES if name not in {"scope", "sort", "after"})
DAYS = (1, 7, 30, 90, 365)
YES, NO = "1", "0"
FIRST_YEAR, LAST_YEAR = 1900, 2199  # of a day in an address
LONGEST_TEXT = 100


class Until(TextChoices):
    """When the running stage must be over."""

    LATE = "late", gettext_lazy("Late")
    TODAY = "today", gettext_lazy("Today")
    WEEK = "week", gettext_lazy("This week")


class NoSuchFilterError(InvalidInputError):
    """The address names a filter, or a value of one, that there is not."""


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What an address asks for, checked word by word."""

    scope: Scope = Scope.MINE
    status: tuple[Status, ...] = ()
    due: Until | None = None
    days: int | None = None
    category: str = ""
    area: str = ""
    channel: Channel | None = None
    urgent: bool | None = None
    simulated: bool | None = None
    ended: bool = False
    q: str = ""
    lead: str = ""
    holder: str = ""
    came_from: date | None = None
    came_to: date | None = None
    ended_from: date | None = None
    ended_to: date | None = None
    returned: bool = False
    missed: bool = False
    late_in: Stage | None = None
    exempt: bool = False
    handled: Handled | None = None
    handled_by: str = ""
    handled_from: date | None = None
    handled_to: date | None = None
    sort: Order = Order.DUE
    after: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything but scope and order is chosen."""
        return any(name in NARROWING for name, _word in self.words)

    @property
    def without_simulated(self) -> bool:
        """Tell whether simulated cases are left out."""
        return self.simulated is False

    @cached_property
    def words(self) -> Sequence[tuple[str, str]]:
        """It as the words of an address, without the page."""
        pairs: list[tuple[str, str]] = [("scope", self.scope.value)]
        pairs += [("status", status.value) for status in self.status]
        single = {
            "due": self.due, "days": self.days, "category": self.category, "area": self.area, "channel": self.channel,
            "q": self.q, "lead": self.lead, "holder": self.holder, "came_from": self.came_from,
            "came_to": self.came_to, "ended_from": self.ended_from, "ended_to": self.ended_to, "late_in": self.late_in,
            "handled": self.handled, "handled_by": self.handled_by, "handled_from": self.handled_from,
            "handled_to": self.handled_to,
        }  # fmt: skip
        pairs += [(name, str(value)) for name, value in single.items() if value]
        flags = {"urgent": self.urgent, "simulated": self.simulated}
        pairs += [(name, YES if value else NO) for name, value in flags.items() if value is not None]
        yes = {"ended": self.ended, "returned": self.returned, "missed": self.missed, "exempt": self.exempt}
        pairs += [(name, YES) for name, value in yes.items() if value]
        if self.sort != Order.DUE:
            pairs.append(("sort", self.sort.value))
        return pairs

    def query(self, *, without: Iterable[str] = (), **changed: str) -> str:
        """Return the address's query with some words left out or changed; always from the first page."""
        gone = {*without, *changed}
        pairs = [(name, value) for name, value in self.words if name not in gone]
        return "?" + urlencode(pairs + [(name, value) for name, value in changed.items() if value])

    def selection(self, *, now: datetime) -> Selection:
        """Return the question that it puts to the cases; `now` is in the district's own time."""
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        from_, before = _due_bounds(self.due, midnight)
        return Selection(
            scope=self.scope,
            is_open=None if self.ended else True,
            statuses=self.status,
            area=self.area,
            category=self.category,
            due=Due.LATE if self.due == Until.LATE else None,
            due_from=from_,
            due_before=before,
            reported_from=_later(now - timedelta(days=self.days) if self.days else None, _start(self.came_from, now)),
            reported_before=_end(self.came_to, now),
            ended_from=_start(self.ended_from, now),
            ended_before=_end(self.ended_to, now),
            lead=self.lead,
            holder=self.holder,
            is_returned=self.returned,
            is_missed=self.missed,
            late_in=self.late_in,
            is_exempt=self.exempt,
            handled=self.handled,
            handled_by=self.handled_by,
            handled_from=_start(self.handled_from, now),
            handled_before=_end(self.handled_to, now),
            channel=self.channel,
            is_urgent=self.urgent,
            is_simulated=self.simulated,
            text=self.q,
        )


def read(words: Mapping[str, list[str]]) -> Filters:
    """
    Read the words of an address.

    :raises NoSuchFilterError: if one of them is not in the list.
    """
    unknown = [name for name in words if name not in NAMES]
    if unknown:
        raise _refusal(unknown[0], "")
    last = {name: values[-1].strip() for name, values in words.items() if values and values[-1].strip()}
    status = [value for value in words.get("status", []) if value]
    return Filters(
        scope=_one_of(Scope, "scope", last) or Scope.MINE,
        status=tuple(dict.fromkeys(_choice(Status, "status", value) for value in status)),
        due=_one_of(Until, "due", last),
        days=_days(last.get("days", "")),
        category=_text("category", last),
        area=_text("area", last),
        channel=_one_of(Channel, "channel", last),
        urgent=_flag("urgent", last),
        simulated=_flag("simulated", last),
        ended=bool(_flag("ended", last)),
        q=_text("q", last),
        lead=_text("lead", last),
        holder=_text("holder", last),
        came_from=_day("came_from", last),
        came_to=_day("came_to", last),
        ended_from=_day("ended_from", last),
        ended_to=_day("ended_to", last),
        returned=bool(_flag("returned", last)),
        missed=bool(_flag("missed", last)),
        late_in=_one_of(Stage, "late_in", last),
        exempt=bool(_flag("exempt", last)),
        handled=_one_of(Handled, "handled", last),
        handled_by=_text("handled_by", last),
        handled_from=_day("handled_from", last),
        handled_to=_day("handled_to", last),
        sort=_one_of(Order, "sort", last) or Order.DUE,
        after=last.get("after", ""),
    )


def read_query(query: str) -> Filters:
    """
    Read the query of an address, with its question mark or without.

    :raises NoSuchFilterError: if one of its words is not in the list.
    """
    return read(parse_qs(query.removeprefix("?")))


def _due_bounds(due: Until | None, midnight: datetime) -> tuple[datetime | None, datetime | None]:
    if due == Until.TODAY:
        return midnight, midnight + timedelta(days=1)
    if due == Until.WEEK:
        return midnight, midnight + timedelta(days=7 - midnight.weekday())
    return None, None


def _start(day: date | None, now: datetime) -> datetime | None:
    return datetime.combine(day, time.min, tzinfo=now.tzinfo) if day else None


def _end(day: date | None, now: datetime) -> datetime | None:
    return _start(day + timedelta(days=1), now) if day else None


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(one, other) if one and other else one or other


def _day(name: str, words: Mapping[str, str]) -> date | None:
    if name not in words:
        return None
    try:
        day = date.fromisoformat(words[name])
    except ValueError:
        raise _refusal(name, words[name]) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _refusal(name, words[name])
    return day


def _text(name: str, words: Mapping[str, str]) -> str:
    text = words.get(name, "")
    if len(text) > LONGEST_TEXT:
        message = _("That is too long to search for: at most %(count)d characters.") % {"count": LONGEST_TEXT}
        raise NoSuchFilterError(message, fields={name: message})
    if "\x00" in text:
        raise _refusal(name, text.replace("\x00", "�"))
    return text


def _one_of(kind: type[EnumT], name: str, words: Mapping[str, str]) -> EnumT | None:
    return _choice(kind, name, words[name]) if name in words else None


def _choice(kind: type[EnumT], name: str, word: str) -> EnumT:
    try:
        return kind(word)
    except ValueError:
        raise _refusal(name, word) from None


def _flag(name: str, words: Mapping[str, str]) -> bool | None:
    word = words.get(name)
    if word not in {None, YES, NO}:
        raise _refusal(name, str(word))
    return None if word is None else word == YES


def _days(word: str) -> int | None:
    if not word:
        return None
    if word not in {str(days) for days in DAYS}:
        raise _refusal("days", word)  # noqa: EM101 — the name of the filter, not the message
    return int(word)


def _refusal(name: str, word: str) -> NoSuchFilterError:
    said = f"{name}={word}" if word else name
    message = _("There is no filter “%(filter)s”.") % {"filter": said[:80]}
    return NoSuchFilterError(message, fields={name: message})
