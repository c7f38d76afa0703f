"""The queue page: rows ready to draw, counts, the chips of its filters. Names come from memory."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import NamedTuple

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.cases.public import (
    COUNTED,
    ENDED,
    STAGE_OF,
    Channel,
    Counts,
    Order,
    Outcome,
    QueueRow,
    Scope,
    Status,
    ask_queue_counts,
    ask_queue_page,
    known,
    queue_rows,
    spread_of,
    times_left,
)
from onegrid.catalogue.public import Catalogue, catalogue
from onegrid.core.durations import clock_words
from onegrid.core.statements import Answer
from onegrid.units.public import directory
from onegrid.workspace.models import BatchAction
from onegrid.workspace.readers.chips import Chip, chips
from onegrid.workspace.rules.batches import MOST_CASES, possible_from
from onegrid.workspace.rules.clockface import Face, face
from onegrid.workspace.rules.filters import Filters
from onegrid.workspace.rules.words import CHANNEL_ICONS

_ANY = "NUMBER"  # stands for a number in an address; asking for each would take longer than the list


class Line(NamedTuple):
    """
    One case as the list draws it: words and addresses, ready to be shown.

    `token` picks it as it was seen, `steps` are those that many can take at once;
    `pick` is empty for those who take none.
    """

    token: str
    steps: str
    pick: str
    number: str
    version: int
    url: str
    preview_url: str
    title: str
    trail: str
    clock: Face
    township: str
    grid: str
    stage: str
    owner: str
    is_mine: bool
    icon: str
    channel: str
    used: str
    flags: Sequence[str]
    others: str


@dataclass(frozen=True, kw_only=True)
class Tab:
    """One scope with its count, as a link that keeps the filters."""

    label: str
    count: str
    url: str
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class Sort:
    """By what the list is sorted, and the address with the other order."""

    label: str
    hint: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Queue:
    """Everything the queue page shows; `first_at_once` is how many go at once, where it holds more, or 0."""

    lines: Sequence[Line]
    tabs: Sequence[Tab]
    chips: Sequence[Chip]
    summary: str
    sort: Sort
    filters: Filters
    first_url: str
    next_url: str
    first_at_once: int
    elsewhere: Tab | None


def ask_queue(
    filters: Filters, *, by: User, at: datetime, bulk: Mapping[BatchAction, frozenset[str]] | None = None
) -> Answer[Queue]:
    """
    Ask for the page of the list that an address asks for; two statements besides those of the frame.

    `bulk` are the steps that this person may take on many cases, with the statuses they are taken from.

    :raises CannotBeFoundError: if a code that is asked for never was, or the text holds no word.
    :raises UnknownCursorError: if the address names no place in the list.
    """
    selection = known(filters.selection(now=localtime(at)))
    spread = spread_of(selection, by=by)
    page_asked = ask_queue_page(selection, order=filters.sort, by=by, at=at, after=filters.after, spread=spread)

    def found() -> Queue:
        page = page_asked()
        counted = ask_queue_counts(selection, by=by, at=at, spread=spread)
        lines = _lines(page.rows, query=filters.query(), by=by, at=at, bulk=bulk or {})  # drawn while that is counted
        counts = counted()
        tabs = _tabs(filters, counts)
        return Queue(
            lines=lines,
            tabs=tabs,
            chips=chips(filters),
            summary=_summary(counts, filters),
            sort=_sort(filters),
            filters=filters,
            first_url=filters.query() if filters.after else "",
            next_url=filters.query(after=page.next_after) if page.next_after else "",
            first_at_once=MOST_CASES if _shown(counts, filters.scope) > min(MOST_CASES, counts.most - 1) else 0,
            elsewhere=next((tab for tab in tabs if not tab.is_current and tab.count != "0"), None),
        )

    return found


def lines_of(
    filters: Filters,
    numbers: Collection[str],
    *,
    by: User,
    at: datetime,
    bulk: Mapping[BatchAction, frozenset[str]],
) -> Sequence[Line]:
    """
    Return some cases as the list draws them, as far as they stand in it; one statement, and one for an area.

    :raises CannotBeFoundError: if a code that is asked for never was, or the text holds no word.
    """
    selection = known(filters.selection(now=localtime(at)))
    rows = queue_rows(selection, numbers=numbers, order=filters.sort, by=by, at=at)
    return _lines(rows, query=filters.query(), by=by, at=at, bulk=bulk)


def _sort(filters: Filters) -> Sort:
    due = Sort(label=_("first due"), hint=_("Sort by newest"), url=filters.query(sort=Order.NEWEST.value))
    newest = Sort(label=_("newest"), hint=_("Sort by due time"), url=filters.query(without=["sort"]))
    return newest if filters.sort is Order.NEWEST else due


class _Words(NamedTuple):
    """What the rows of a list say in one language, by the values that they hold."""

    clock: Mapping[str, str]
    stages: Mapping[str, str]
    outcomes: Mapping[str, str]
    channels: Mapping[str, str]
    urgent: str
    used: str
    pick: str
    no_category: str


@cache
def _words(_language: str) -> _Words:
    return _Words(
        clock={**clock_words(), "none": _("no limit")},
        stages={status.value: str(stage.label) for status, stage in STAGE_OF.items()}
        | {status.value: str(status.label) for status in ENDED},
        outcomes={outcome.value: str(outcome.label) for outcome in Outcome},
        channels={channel.value: str(channel.label) for channel in Channel},
        urgent=_("urgent"),
        used=_("%(n)s%% of the time used"),
        pick=_("Pick %(number)s"),
        no_category=_("no category yet"),
    )


@cache
def _addresses() -> tuple[str, str]:
    """Return those of a case and of its preview, with `_ANY` as its number."""
    return reverse("workspace:case", args=[_ANY]), reverse("workspace:preview", args=[_ANY])


def _lines(
    rows: Sequence[QueueRow], *, query: str, by: User, at: datetime, bulk: Mapping[BatchAction, frozenset[str]]
) -> list[Line]:
    language, kinds, units, mine = get_language() or "", catalogue(), directory(), by.pk
    words = _words(language)
    steps = {status: " ".join(possible_from(status, bulk)) for status in {row.status for row in rows}}
    case_url, preview_url = (f"{address}{query}" for address in _addresses())
    found = []
    for row, left in zip(rows, times_left(rows, now=at), strict=True):
        kind = kinds.by_id.get(row.category_id) if row.category_id else None
        unit = units.by_id.get(row.holder_unit_id) if row.holder_unit_id else None
        ended = (words.outcomes.get(row.outcome) or words.stages[row.status]) if row.ended_at else ""
        clock = face(
            started_at=row.stage_started_at,
            yellow_at=row.stage_yellow_at,
            due_at=row.stage_due_at,
            paused_until=row.suspended_until,
            now=at,
            words=words.clock,
            ended=ended,
            left=left,
            language=language,
        )
        found.append(
            Line(
                token=f"{row.id}:{row.version}",
                steps=steps[row.status],
                pick=words.pick % {"number": row.number} if bulk else "",
                number=row.number,
                version=row.version,
                url=case_url.replace(_ANY, row.number),
                preview_url=preview_url.replace(_ANY, row.number),
                title=row.title,
                trail=kind.trailed(language) if kind else words.no_category,
                clock=clock,
                township=row.township_name,
                grid=row.grid_name,
                stage=words.stages[row.status],
                owner=unit.named(language) if unit else "–",
                is_mine=row.assignee_id == mine,
                icon=CHANNEL_ICONS[row.channel],
                channel=words.channels[row.channel],
                used=words.used % {"n": clock.percent},
                flags=_flags(row, words) if row.is_urgent or row.rework_count else (),
                others=_others(row.report_count - 1) if row.report_count > 1 else "",
            )
        )
    return found


def _flags(row: QueueRow, words: _Words) -> list[str]:
    return [word for word in (words.urgent if row.is_urgent else "", _reworks(row.rework_count)) if word]


def _reworks(count: int) -> str:
    return ngettext("%(n)s rework", "%(n)s reworks", count) % {"n": count} if count else ""


def _others(count: int) -> str:
    return ngettext("%(n)s more report", "%(n)s more reports", count) % {"n": count}


def _tabs(filters: Filters, counts: Counts) -> list[Tab]:
    shown = {Scope.MINE: counts.mine, Scope.UNIT: counts.unit, Scope.ALL: counts.everything}
    return [
        Tab(
            label=scope_label(scope),
            count=bounded(count, counts.most),
            url=filters.query(scope=scope.value),
            is_current=scope == filters.scope,
        )
        for scope, count in shown.items()
    ]


def scope_label(scope: Scope) -> str:
    """Return what a scope is called on its tab."""
    if scope is Scope.MINE:
        return _("Mine")
    return _("My unit") if scope is Scope.UNIT else _("Everything below")


def bounded(count: int, most: int = COUNTED) -> str:
    """Return a count as far as it was counted."""
    return f"{most - 1}+" if count >= most else str(count)


def _shown(counts: Counts, scope: Scope) -> int:
    return {Scope.MINE: counts.mine, Scope.UNIT: counts.unit}.get(scope, counts.everything)


def _summary(counts: Counts, filters: Filters) -> str:
    whole = _shown(counts, filters.scope)
    if not whole:
        return ""
    rest = bounded(whole, counts.most) if whole >= counts.most else str(whole - counts.late)
    return _("%(late)s late · %(rest)s others") % {"late": bounded(counts.late, counts.most), "rest": rest}


def categories_to_choose(*, about: Collection[str] | None = None) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the groups of the catalogue with what lies in them, for a select: all, or what holds one of `about`."""
    kinds, language = catalogue(), get_language() or ""
    groups = [
        (group.named(language), [(group.code, group.named(language)), *_below(kinds, group.code, language)])
        for group in kinds.children.get("", ())
    ]
    if about is None:
        return groups
    holding = {".".join(parts[:depth]) for parts in (code.split(".") for code in about) for depth in range(1, 9)}
    chosen = [(name, [option for option in options if option[0] in holding]) for name, options in groups]
    return [(name, options) for name, options in chosen if options]


def _below(kinds: Catalogue, code: str, language: str, *, depth: int = 1) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for entry in kinds.children.get(code, ()):
        found.append((entry.code, "\u3000" * depth + entry.named(language)))
        found += _below(kinds, entry.code, language, depth=depth + 1)
    return found


def statuses_to_choose() -> list[tuple[str, str]]:
    """Return the statuses of open cases, then those of ended ones."""
    return [(status.value, str(status.label)) for status in Status]
