"""How common the words of a search are where somebody looks, which decides whether they are walked for (ADR 35)."""

from enum import IntEnum
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from onegrid.accounts.public import User
from onegrid.cases.models import Case
from onegrid.cases.models.case import units_seen
from onegrid.cases.models.seen import Known, known_orders, seen_by_area
from onegrid.cases.readers.selection import Selection, asked_of, located, within
from onegrid.core.queries import sql_of
from onegrid.core.search import query

SAMPLE = 2000  # cases of a list, from its beginning, among which those that hold words are counted
# Within the statement that counts, the name of the table stands for the sample.
_COUNT = """
(SELECT count(*) FROM (WITH cases_case AS ({sample}) {asked}) AS found)
"""


class Share(IntEnum):
    """How many cases hold all the words of a search: hardly any, one in two hundred, in fifty, in ten or more."""

    FEW = 0
    SOME = 1
    MANY = 2
    MOST = 3


_FROM = {Share.MOST: SAMPLE // 10, Share.MANY: SAMPLE // 50, Share.SOME: SAMPLE // 200, Share.FEW: 0}


class Spread(NamedTuple):
    """How many hold the words of a search among the open cases due first, and among those that are over."""

    open: Share
    ended: Share

    def walks(self, *, is_open: bool | None, counts: bool = False) -> bool:
        """
        Tell whether the words are looked for case by case, in the order of the list.

        Open cases are few, and have an index of words of their own; `is_open` says that all of a list are, or none.
        Who `counts` sorts nothing and stops soon, so to gather costs less.
        """
        if is_open:
            return self.open is Share.MOST
        return self.ended >= (Share.MOST if counts else Share.SOME)


NO_WORDS = Spread(Share.FEW, Share.FEW)


def spread_of(selection: Selection, *, by: User) -> Spread:
    """
    Return how many of the cases that somebody looks into are asked for and hold all the words of a search.

    By one statement; by none where nothing is sought, or everything is gathered anyway.
    """
    asked = located(selection)
    walked = _walked(asked, by) if query(selection.text) else None
    if walked is None:
        return NO_WORDS
    counts, values = [], []
    for sample in _samples(walked, asked):
        sql, sampled = sql_of(sample[:SAMPLE])
        held, wanted = sql_of(asked_of(asked).walked_for(asked.text).order_by().values("pk")[: _FROM[Share.MOST]])
        counts.append(_COUNT.format(sample=sql, asked=held))
        values += [*sampled, *wanted]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counts)}", values)
        shares = Spread(*map(_share, cursor.fetchone()))
    # Of less than everybody's cases, those that one in a hundred holds are soon gathered.
    return shares if walked.are_all or shares.ended > Share.SOME else shares._replace(ended=Share.FEW)


class _Walked(NamedTuple):
    """Which cases an index has in an order of the list, and in which."""

    cases: Q
    known: Known

    @property
    def are_all(self) -> bool:
        return not self.cases


def _walked(asked: Selection, by: User) -> _Walked | None:
    """
    Return through which cases a walk leads that looks for words, if there can be one.

    Words are not spread alike: what a street is called is said where it lies.
    """
    areas = seen_by_area(by, level=asked.area_level, code=asked.area)
    if areas is None or areas:
        there = within(asked.area_level, asked.area) if asked.area else areas or Q()
        known = known_orders(by, level=asked.area_level, code=asked.area)
        return _Walked(there, known) if known else None
    units = units_seen(by)
    return _Walked(Q(lead_unit__in=units), Known.EVERY) if len(units) == 1 else None


def _samples(walked: _Walked, asked: Selection) -> tuple[QuerySet[Case, Any], QuerySet[Case, Any]]:
    """
    Return of which cases the first tell how common words are: of open ones, and of those that are over.

    What was done is said when a case is over. So the first are those of the list, along an index; and of the whole
    district, of what is over, those that ended last, of which there is most to tell.
    """
    cases = Case.objects.filter(walked.cases).order_by()
    timed = cases.filter(stage_due_at__isnull=False).order_by("stage_due_at", "pk")  # all that have a limit are open
    over = cases.filter(ended_at__isnull=False).order_by("-ended_at")
    if not walked.are_all:
        timed, over = timed.filter(ended_at__isnull=True), over.order_by("-reported_at", "-pk")
    if asked.is_open is False or walked.known < Known.EVERY:
        timed = timed.none()
    return timed, over.none() if asked.is_open else over


def _share(count: int) -> Share:
    return next(share for share, least in _FROM.items() if count >= least)
