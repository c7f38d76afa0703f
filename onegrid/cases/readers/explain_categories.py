"""The lines that tell of another category in an explained clock, and so of another limit."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.cases.models import EntryKind, TimelineEntry
from onegrid.cases.readers.clocks import terms_of_category
from onegrid.cases.readers.explain_events import Event
from onegrid.cases.readers.explain_lines import Account
from onegrid.cases.rules.clock_sums import limit_said
from onegrid.cases.rules.clock_words import Line, LineKind
from onegrid.cases.rules.clocks import Clock
from onegrid.cases.rules.marks import Extended
from onegrid.catalogue.public import catalogue
from onegrid.core.moments import in_full


def category_lines(told: Account, timeline: Sequence[TimelineEntry]) -> Iterator[Line]:
    """Tell each change of category since the clock began: from which limit to which, and whether it was late then."""
    clock, since = told.clock, told.clock.started_at
    for entry in timeline:
        changed = entry.data.get("categories") if entry.kind == EntryKind.CHANGE else None
        if not changed or not changed["from"] or since is None or not since <= entry.happened_at <= told.at:
            continue
        names = {"before": _named_limit(changed["from"], clock), "now": _named_limit(changed["now"], clock)}
        text = _("Category changed from %(before)s to %(now)s")
        if entry.data.get("late") and entry.data.get("stage") == clock.stage:
            names["due"] = in_full(datetime.fromisoformat(entry.data["due_at"]))
            text = _("Category changed from %(before)s to %(now)s; late under the first, due %(due)s")
        elif entry.data.get("whole_late") and clock.stage is None:
            names["due"] = in_full(datetime.fromisoformat(entry.data["whole_due_at"]))
            text = _("Category changed from %(before)s to %(now)s; late under the first, due %(due)s, and counted so")
        who_and_why = Event(mark=Extended(entry.happened_at, 0), entry=entry)  # a category leaves no mark
        yield told.line(LineKind.CHANGED, text % names, who_and_why, at=entry.happened_at)


def _named_limit(key: str, clock: Clock) -> str:
    """Return a category with what it allows a clock: “Street lamp (5 working days)”."""
    category_id = UUID(key)
    terms = terms_of_category(category_id)
    said = limit_said(terms, clock.stage) if terms.limit_of(clock.stage) else _("no limit")
    return f"{catalogue().by_id[category_id].trailed(get_language() or '')} ({said})"
