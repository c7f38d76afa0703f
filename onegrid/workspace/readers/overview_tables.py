"""The numbers of an overview as lines of tables, each number with the address of its rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.cases.public import NONE, Counted, Handled, Handling, Numbers, Scope, Selection
from onegrid.catalogue.public import catalogue
from onegrid.core.shares import percent_of
from onegrid.units.public import directory
from onegrid.workspace.readers.areas import area_level
from onegrid.workspace.rules.filters import Filters, Until
from onegrid.workspace.rules.periods import Period

MOST_LINES = 60  # of one table; more would be a list of everything
MOST_WAITED_FOR = 8
_CAME, _OPEN, _LATE = 0, 4, 5  # where these stand among the numbers of a line

# What a number counts, as words of the queue's filters.
Words = Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Focus:
    """On what an overview looks: an area, a category or group, a unit, each by its code; empty is everything."""

    area: str = ""
    category: str = ""
    unit: str = ""

    def words(self) -> list[tuple[str, str]]:
        """Return it as the words of an address."""
        pairs_ = {"area": self.area, "category": self.category, "unit": self.unit}
        return [(name, word) for name, word in pairs_.items() if word]

    def selection(self) -> Selection:
        """Return the cases that it looks on; the level of an area that stands is known from memory."""
        level = area_level(self.area)
        return Selection(area=self.area, area_level=level, category=self.category, unit=self.unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number and the address of its rows; what it is a part of where that is said, with the percentage."""

    value: int
    url: str
    of: int | None = None
    percent: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a table: what it is about, where one looks closer, and its numbers in the order of the heads."""

    label: str
    url: str
    numbers: Sequence[Number]
    percent: int = 0
    note: str = ""


class Links:
    """Addresses: of the queue with the rows of a number, and of the overview with another focus or period."""

    def __init__(self, focus: Focus, period: Period) -> None:
        self.focus, self.period = focus, period
        self.came: Words = {"came_from": period.first, "came_to": period.last, "ended": True}
        self.went: Words = {"ended_from": period.first, "ended_to": period.last, "ended": True}
        self.handled: Words = {"handled_from": period.first, "handled_to": period.last, "ended": True}

    def filters(self, kind: Words, **also: object) -> Filters:
        """Return the filters of a number: the focus, the kind of set, and what else narrows it."""
        whose = "handled_by" if kind is self.handled else "lead" if kind else "holder"
        unit = {whose: self.focus.unit}
        focus = {"area": self.focus.area, "category": self.focus.category, **unit}
        words: dict[str, object] = {**focus, **kind, **also}
        return replace(Filters(scope=Scope.ALL), **words)  # type: ignore[arg-type]  # its own fields

    def number(self, value: int, kind: Words, **also: object) -> Number:
        """Return a number with the address of its rows."""
        return Number(value=value, url=reverse("workspace:queue") + self.filters(kind, **also).query())

    def part(self, value: int, of: int, kind: Words, **also: object) -> Number:
        """Return a number that is a part of another, with the address of its rows."""
        return replace(self.number(value, kind, **also), of=of, percent=percent_of(value, of))

    def here(self, *, period: Period | None = None, focus: Mapping[str, str] | None = None) -> str:
        """Return the overview with another period, or another focus."""
        words = [*(period or self.period).words(), *replace(self.focus, **(focus or {})).words()]
        return f"{reverse('workspace:overview')}?{urlencode(words)}"


class Tables:
    """The tables that compare: the same columns for units, categories and areas."""

    def __init__(self, links: Links, sets: Sequence[Counted]) -> None:
        self.links, self.sets = links, sets  # what came, what went, what is open

    def units(self) -> list[Line]:
        """Return every unit that leads or holds something."""
        units, language = directory(), get_language() or ""
        codes: dict[object, str] = {entry.id: entry.code for entry in units.by_id.values()}
        names = {entry.code: entry.named(language) for entry in units.by_id.values()} | {NONE: _("no unit yet")}
        sets = [_summed(counted.by_unit, lambda key: codes.get(key, NONE)) for counted in self.sets]
        return self._lines("unit", sets, names, words=("lead", "holder"))

    def waited_for(self) -> list[Line]:
        """Return the units for which most late cases wait."""
        late = [replace(line, numbers=[line.numbers[_LATE]]) for line in self.units() if line.numbers[_LATE].value]
        return sorted(late, key=lambda line: -line.numbers[0].value)[:MOST_WAITED_FOR]

    def categories(self) -> list[Line]:
        """Return the groups of the catalogue or, within one, what lies below it."""
        kinds, language, focus = catalogue(), get_language() or "", self.links.focus.category
        depth = len(focus.split(".")) + 1 if focus else 1
        codes: dict[object, str] = {entry.id: ".".join(entry.code.split(".")[:depth]) for entry in kinds.by_id.values()}
        names = {entry.code: entry.named(language) for entry in kinds.by_id.values()} | {NONE: _("no category yet")}
        sets = [_summed(counted.by_category, lambda key: codes.get(key, NONE)) for counted in self.sets]
        return self._lines("category", sets, names, words=("category", "category"))

    def areas(self) -> list[Line]:
        """Return the areas one level below, by a name each had."""
        names = {str(code): name for counted in self.sets for code, name in counted.names.items()}
        sets = [_summed(counted.by_area, str) for counted in self.sets]
        return self._lines("area", sets, names, words=("area", "area"))

    def _lines(
        self, focus: str, sets: Sequence[Mapping[str, Numbers]], names: Mapping[str, str], *, words: tuple[str, str]
    ) -> list[Line]:  # fmt: skip
        keys, nowhere = {key for counted in sets for key in counted}, {NONE, dict(self.links.focus.words()).get(focus)}
        lines = []
        for key in keys:
            numbers = self._numbers([counted.get(key, Numbers()) for counted in sets], {words[0]: key}, {words[1]: key})
            url = "" if key in nowhere else self.links.here(focus={focus: key})
            lines.append(Line(label=names.get(key, key), url=url, numbers=numbers))
        lines.sort(key=lambda line: (*(-line.numbers[place].value for place in (_LATE, _OPEN, _CAME)), line.label))
        return lines[:MOST_LINES]

    def _numbers(self, counted: Sequence[Numbers], led: Words, held: Words) -> list[Number]:
        number, (in_came, in_went, in_open) = self.links.number, counted
        return [
            number(in_came.cases, self.links.came, **led),
            number(in_went.cases, self.links.went, **led),
            number(in_went.late, self.links.went, **led, missed=True),
            number(in_went.exempt, self.links.went, **led, missed=True, exempt=True),
            number(in_open.cases, {}, **held),
            number(in_open.late, {}, **held, due=Until.LATE),
            number(in_open.returned, {}, **held, returned=True),
        ]


def _summed(counted: Mapping[object, Numbers], code: Callable[[object], str]) -> dict[str, Numbers]:
    found: dict[str, Numbers] = {}
    for key, numbers in counted.items():
        found[code(key)] = found.get(code(key), Numbers()).plus(numbers)
    return found


def handled_lines(links: Links, handled: Mapping[str, Handling]) -> list[Line]:
    """Return by unit what it had out of its hands in the period: how much, late as it was, and as it is counted."""
    known, language = directory().by_code, get_language() or ""
    lines = []
    for code, found in handled.items():
        asked: Words = {"handled_by": code}
        unit = known.get(code)
        lines.append(
            Line(
                label=_("unit not known") if code == NONE else unit.named(language) if unit else code,
                url="" if code in {NONE, links.focus.unit} else links.here(focus={"unit": code}),
                numbers=[
                    links.number(found.left, links.handled, **asked, handled=Handled.LEFT),
                    links.part(found.late, found.left, links.handled, **asked, handled=Handled.LATE),
                    links.number(found.exempt, links.handled, **asked, handled=Handled.EXEMPT),
                    links.part(found.counted, found.left, links.handled, **asked, handled=Handled.COUNTED),
                ],
            )
        )
    lines.sort(key=lambda line: (-line.numbers[1].value, -line.numbers[0].value, line.label))
    return lines[:MOST_LINES]
