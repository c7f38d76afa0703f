"""What is new: the public steps of cases, in the words of the promise page, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from onegrid.cases.public import Case, Telling, TimelineEntry, Visibility, strangers
from onegrid.core.ids import first_id_at
from onegrid.core.installation import area_named
from onegrid.following.readers.topics import Topic
from onegrid.following.states import Kind

LOOKED_BACK = timedelta(days=30)  # by a feed of many cases
MOST = 50  # entries of a feed


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One public step of one case, and what strangers read of the case."""

    entry: TimelineEntry
    title: str
    place: str
    told: Telling
    heard_at: datetime

    @property
    def id(self) -> UUID:
        """Return by what it is known."""
        return self.entry.pk

    @property
    def case(self) -> Case:
        """Return the case it is a step of."""
        return self.entry.case


def newest(topic: Topic, *, at: datetime) -> list[Step]:
    """Return the newest steps of a topic: of a case all there are, of many cases those of a month. One statement."""
    entries = TimelineEntry.objects.filter(visibility=Visibility.PUBLIC, case__in=topic.cases, received_at__lte=at)
    if topic.kind is not Kind.CASE:
        # Ids sort by the moment they were made, so that the primary key finds the newest of a million at once.
        since = at - LOOKED_BACK
        entries = entries.filter(pk__gte=first_id_at(since), received_at__gte=since)
    return steps(entries.select_related("case").order_by("-pk")[:MOST])


def steps(entries: Iterable[TimelineEntry]) -> list[Step]:
    """Return entries with their cases as strangers read them, newest first; the entries must be public."""
    found = sorted(entries, key=lambda entry: (entry.received_at, entry.pk), reverse=True)
    return [
        Step(
            entry=entry,
            title=strangers.title_of(entry.case),
            place=f"{area_named(entry.case.township_name)} · {area_named(entry.case.community_name)}",
            told=told,
            heard_at=entry.received_at,
        )
        for entry, told in zip(found, strangers.tellings(found), strict=True)
    ]
