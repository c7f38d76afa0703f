"""The way from case to case along the list that somebody came from."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.cases.public import Case, neighbors
from onegrid.workspace.readers.queue import bounded
from onegrid.workspace.rules.filters import Filters


@dataclass(frozen=True, kw_only=True)
class Walk:
    """Where a case stands in a list, as addresses that keep the list; empty where the list ends."""

    back_url: str
    previous_url: str
    next_url: str
    place: str


def walk(case: Case, filters: Filters, *, by: User, at: datetime) -> Walk:
    """Return the way along a list from one of its cases, in one statement; an area takes one more, words some."""
    query = filters.query()
    beside = neighbors(filters.selection(now=localtime(at)), order=filters.sort, case=case, by=by, at=at)
    names = {"place": bounded(beside.place, beside.most), "whole": bounded(beside.whole, beside.most)}
    # Translators: where a case stands in a list, e.g. "5 of 58"
    place = _("%(place)s of %(whole)s") if beside.place else _("left the list; %(whole)s there")
    return Walk(
        back_url=f"{reverse('workspace:queue')}{query}",
        previous_url=_case_url(beside.previous, query),
        next_url=_case_url(beside.next, query),
        place=place % names,
    )


def _case_url(number: str, query: str) -> str:
    return f"{reverse('workspace:case', args=[number])}{query}" if number else ""
