"""Which steps belong to which follows."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from onegrid.cases.public import Case, strangers
from onegrid.catalogue.public import catalogue
from onegrid.following.models import Follow
from onegrid.following.readers.steps import Step
from onegrid.following.rules.around import around_of
from onegrid.following.states import Kind
from onegrid.geography.public import meters_between

Topics = set[tuple[str, str]]


def steps_for(follow: Follow, steps: Sequence[Step], topics: Mapping[UUID, Topics]) -> list[Step]:
    """Return the steps that belong to a follow and were not told to it, in the order given."""
    due = (step for step in steps if step.heard_at > follow.told_until)
    if follow.kind == Kind.AROUND:
        return [step for step in due if _is_near(step.case, follow.code)]
    wanted = (str(follow.kind), follow.code)
    return [step for step in due if wanted in topics[step.case.pk]]


def topics_of(case: Case) -> Topics:
    """Return all topics that a case which strangers may see belongs to; the grid only where its place is shown."""
    found: Topics = {(Kind.CASE.value, case.number)}
    if case.merged_into_id is not None:
        return found
    found |= {(Kind.ALL.value, ""), (Kind.PLACE.value, case.township_code), (Kind.PLACE.value, case.community_code)}
    if strangers.shows_place(case):
        found.add((Kind.PLACE.value, case.grid_code))
    entry = catalogue().by_id.get(case.category_id) if case.category_id else None
    code = entry.code if entry else ""
    while code:
        found.add((Kind.CATEGORY.value, code))
        code = code.rpartition(".")[0]
    return found


def _is_near(case: Case, code: str) -> bool:
    around = around_of(code)
    if around is None or case.merged_into_id is not None or not strangers.shows_place(case):
        return False
    return meters_between(case.place, around.point) <= around.meters
