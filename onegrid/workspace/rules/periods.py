"""Over which days an overview counts: some that are asked for every day, or any two days not too far apart."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onegrid.cases.public import TimeStep
from onegrid.core.errors import InvalidInputError
from onegrid.workspace.rules.filters import FIRST_YEAR, LAST_YEAR

LONGEST = 92  # days: three months, so that a year's numbers come from the year's indicators and not from here
BY_DAY = 31  # days up to which each has its own bar
_DAY = timedelta(days=1)


class Preset(TextChoices):
    """Periods by name."""

    WEEK = "week", gettext_lazy("This week")
    LAST_WEEK = "last_week", gettext_lazy("Last week")
    MONTH = "month", gettext_lazy("This month")
    LAST_MONTH = "last_month", gettext_lazy("Last month")
    DAYS_30 = "days_30", gettext_lazy("Last 30 days")
    DAYS_90 = "days_90", gettext_lazy("Last 90 days")


class NoSuchPeriodError(InvalidInputError):
    """The days asked for are none, or too many."""


@dataclass(frozen=True, kw_only=True)
class Period:
    """Some days in a row, the first and the last included."""

    first: date
    last: date
    preset: Preset | None = None

    @property
    def step(self) -> TimeStep:
        """Return in which steps it is counted."""
        return TimeStep.DAY if (self.last - self.first).days < BY_DAY else TimeStep.WEEK

    def steps(self) -> list[tuple[date, date]]:
        """Return first and last day of every step, cut to the period."""
        found, day = [], self.first
        while day <= self.last:
            end = day if self.step is TimeStep.DAY else day + timedelta(days=6 - day.weekday())
            found.append((day, min(end, self.last)))
            day = end + _DAY
        return found

    def words(self) -> list[tuple[str, str]]:
        """Return it as the words of an address."""
        if self.preset:
            return [("period", self.preset.value)]
        return [("from", self.first.isoformat()), ("to", self.last.isoformat())]


def preset_period(preset: Preset, *, today: date) -> Period:
    """Return the days that a name stands for today."""
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    days = {
        Preset.WEEK: (monday, today),
        Preset.LAST_WEEK: (monday - 7 * _DAY, monday - _DAY),
        Preset.MONTH: (first, today),
        Preset.LAST_MONTH: ((first - _DAY).replace(day=1), first - _DAY),
        Preset.DAYS_30: (today - 29 * _DAY, today),
        Preset.DAYS_90: (today - 89 * _DAY, today),
    }
    return Period(first=days[preset][0], last=days[preset][1], preset=preset)


def asked_period(*, name: str, first: str, last: str, today: date) -> Period:
    """
    Return the period that an address asks for: two days, or a name, or else the last 30 days.

    :raises NoSuchPeriodError: if it is none, or too long.
    """
    if not (first or last):
        return preset_period(_preset(name or Preset.DAYS_30.value), today=today)
    try:
        days = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError as fault:
        raise _refusal() from fault
    if not timedelta(0) <= days[1] - days[0] < timedelta(days=LONGEST) or not (
        days[0].year >= FIRST_YEAR and days[1].year <= LAST_YEAR
    ):
        raise _refusal()
    return Period(first=days[0], last=days[1])


def _preset(name: str) -> Preset:
    try:
        return Preset(name)
    except ValueError as fault:
        raise _refusal() from fault


def _refusal() -> NoSuchPeriodError:
    return NoSuchPeriodError(_("Choose a first and a last day, at most %(days)d days in all.") % {"days": LONGEST})
