"""Whom a share of a limit reaches in a simulation: the people of the demonstration, on the ladder of all cases."""

from collections.abc import Callable, Sequence
from functools import cache
from uuid import UUID

from onegrid.cases.public import Case, Stage
from onegrid.dispatch.public import everybody, ladder_of, names_told


def whom_it_reaches() -> Callable[[Case, Stage, int], Sequence[str]]:
    """Return what names those who hear of a share of a stage's limit. One query, now."""
    people = everybody()

    @cache  # the same few thousand desks and places in all the late cases of a year
    def names(holder: UUID | None, stage: Stage, assignee: UUID | None, *, path: str, share: int) -> Sequence[str]:
        ladder = ladder_of(people, holder_id=holder, stage=stage, assignee_id=assignee, area_path=path)
        return names_told(people, ladder, share)

    def reached(case: Case, stage: Stage, share: int) -> Sequence[str]:
        return names(case.holder_unit_id, stage, case.assignee_id, path=case.area_path, share=share)

    return reached
