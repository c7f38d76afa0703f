"""How common the words of a search are where somebody looks, which decides whether they are walked for (ADR 35)."""

from enum import IntEnum
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from onegrid.accounts.public import User
from onegrid.cases.models import Case
from onegrid.cases.models.seen import knows_order, seen_by_area
from onegrid.cases.readers.selection import Selection, located, within
from onegrid.core.queries import Unindexed, sql_of
from onegrid.core.search import query

SAMPLE = 2000  # cases of a list, from its beginning, among which those that hold words are counted
_COUNT = """
(SELECT count(*) FROM (SELECT FROM ({sample}) AS sample WHERE search @@ %s::tsquery LIMIT %s) AS found)
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
        return self.ended >= (Share.MANY if counts else Share.SOME)


NO_WORDS = Spread(Share.FEW, Share.FEW)


def spread_of(selection: Selection, *, by: User) -> Spread:
    """
    Return how many of the cases that somebody looks into hold all the words of a search; see `_samples`.

    By one statement, by none where nothing is sought.
    """
    wanted = query(selection.text)
    if not wanted:
        return NO_WORDS
    counts, values = [], []
    for sample in _samples(located(selection), by):
        sql, sampled = sql_of(sample[:SAMPLE])
        counts.append(_COUNT.format(sample=sql))
        values += [*sampled, wanted, _FROM[Share.MOST]]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counts)}", values)
        return Spread(*map(_share, cursor.fetchone()))


def _samples(asked: Selection, by: User) -> tuple[QuerySet[Case, Any], QuerySet[Case, Any]]:
    """
    Return of which cases the first tell how common words are: of open ones, and of those that are over.

    Words are not spread alike: what a street is called is said where it lies, what was done when a case is over. So the
    first are those of the list, as far as it is one of an area, each along an index; and of the whole district, of
    what is over, those that ended last, of which there is most to tell.
    """
    by_area = seen_by_area(by, level=asked.area_level, code=asked.area)
    area = within(asked.area_level, asked.area) if asked.area else by_area
    cases = Case.objects.filter(area or Q()).order_by().values("search")
    timed = cases.filter(stage_due_at__isnull=False).order_by("stage_due_at", "pk")  # all that have a limit are open
    over = cases.filter(ended_at__isnull=False).order_by("-ended_at")
    if area:
        timed, over = timed.filter(ended_at__isnull=True), over.order_by("-reported_at", "-pk")
    if not knows_order(by, level=asked.area_level):
        timed = timed.order_by(Unindexed("stage_due_at"))
    return timed.none() if asked.is_open is False else timed, over.none() if asked.is_open else over


def _share(count: int) -> Share:
    return next(share for share, least in _FROM.items() if count >= least)
