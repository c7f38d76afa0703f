"""Days that are not as their weekday would have it: public ones, and those that somebody here set."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from onegrid.core.names import in_language
from onegrid.units.rules.public_holidays import PublicDay
from onegrid.units.rules.timeline import next_minute
from onegrid.units.rules.week import Span


class DayKind(StrEnum):
    """Why a day is not as its weekday would have it."""

    HOLIDAY = "holiday"
    ADJUSTED = "adjusted"  # worked to make up for a holiday (调休)
    OWN = "own"  # somebody here set it


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnDay:
    """
    A day that somebody set, for a calendar or a unit; no spans on a working day mean the usual ones.

    It counts from when it was set until it was withdrawn, if it was: what was reckoned of the time before stays, so
    that nothing late is late no more.
    """

    day: date
    is_working: bool
    spans: tuple[Span, ...]
    reason: str
    set_by: str
    set_at: datetime
    set_by_unit: str = ""
    withdrawn_by: str = ""
    withdrawn_by_unit: str = ""
    withdrawn_at: datetime | None = None

    @property
    def moments(self) -> list[int]:
        """The moments at which it begins to count and, where it was withdrawn, ceases to."""
        return [next_minute(moment) for moment in (self.set_at, self.withdrawn_at) if moment]

    def counts_at(self, moment: int) -> bool:
        """Tell whether it has been set by a moment, and not withdrawn by then."""
        since, *until = self.moments
        return since <= moment and all(moment < end for end in until)


@dataclass(frozen=True, kw_only=True, slots=True)
class SpecialDay:
    """A day that is not as its weekday would have it, for people who ask why."""

    day: date
    is_working: bool
    name: str  # of the holiday, or the reason given by whoever set it
    name_en: str
    kind: DayKind
    own: OwnDay | None = None  # where somebody set it: who, when, and until when it held

    def named(self, language: str) -> str:
        """Return its name in the reader's language."""
        return in_language(language, self.name, self.name_en)


def own_day(entry: OwnDay) -> SpecialDay:
    """Return a day that somebody set as people ask for it."""
    return SpecialDay(
        day=entry.day,
        is_working=entry.is_working,
        name=entry.reason,
        name_en=entry.reason,
        kind=DayKind.OWN,
        own=entry,
    )


def public_day(entry: PublicDay) -> SpecialDay:
    """Return a day of the public calendar as people ask for it."""
    return SpecialDay(
        day=entry.day,
        is_working=entry.is_working,
        name=entry.name,
        name_en=entry.name_en,
        kind=DayKind.ADJUSTED if entry.is_working else DayKind.HOLIDAY,
    )
