"""A case on paper: what anybody may read or, in an internal copy, everything but who reported it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.cases.public import Case, CaseFile, Channel, Outcome, Status, TimelineEntry, case_file, printed_file
from onegrid.catalogue.public import Sensitivity, catalogue
from onegrid.core.durations import spoken
from onegrid.units.public import directory, kept_unit_name
from onegrid.workspace.readers.case_parts import Entry, Figure, entries, figures
from onegrid.workspace.readers.progress import StagePoint, progress
from onegrid.workspace.rules.moments import in_full


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What stands on the sheet of a case."""

    number: str
    title: str
    trail: str
    result_is: str
    result: str
    note: str
    place: str
    lead: str
    holder: str
    channel: str
    reported: str
    reports: int
    due: str
    ended: str
    entries: Sequence[Entry]
    figures: Sequence[Figure]
    stages: Sequence[StagePoint]
    printed: str
    is_simulated: bool
    file: CaseFile


def paper(case: Case, *, at: datetime, is_internal: bool = False) -> Paper:
    """Return the sheet of a case; where its category is sensitive, the public reads only its name and the township."""
    file, language = _file(case, is_internal=is_internal), get_language() or ""
    kind = catalogue().by_id.get(case.category_id) if case.category_id else None
    is_open = is_internal or kind is None or kind.sensitivity == Sensitivity.OPEN
    exact = " ".join(part for part in (case.address, case.township_name, case.community_name, case.grid_name) if part)
    return Paper(
        number=case.number,
        title=case.title if is_open or kind is None else kind.named(language),
        trail=kind.trailed(language) if kind else _("no category yet"),
        result_is=_("Result") if case.outcome else _("Status"),
        result=str(Outcome(case.outcome).label) if case.outcome else str(Status(case.status).label),
        note=case.outcome_note,
        place=exact if is_open else case.township_name,
        lead=_unit(case.lead_unit_id),
        holder=_unit(case.holder_unit_id),
        channel=str(Channel(case.channel).label),
        reported=in_full(localtime(case.reported_at)),
        reports=case.report_count,
        due=in_full(localtime(case.due_at)) if case.due_at else "–",
        ended=_ended(case),
        entries=[
            replace(said, moment=in_full(localtime(entry.happened_at))) if is_internal else _without_names(said, entry)
            for said, entry in zip(entries(file.timeline, case=case, at=at), file.timeline, strict=True)
        ],
        figures=[each for each in figures(file.evidence, at=at, is_for_public=not is_internal) if each.thumbnail],
        stages=progress(case, file.timeline[::-1], at=at, tell=in_full),
        printed=in_full(localtime(at)),
        is_simulated=case.is_simulated,
        file=file,
    )


def _file(case: Case, *, is_internal: bool) -> CaseFile:
    if not is_internal:
        return printed_file(case)
    whole = case_file(case)
    return replace(whole, timeline=whole.timeline[::-1])


def _unit(unit_id: UUID | None) -> str:
    unit = directory().by_id.get(unit_id) if unit_id else None
    return unit.named(get_language() or "") if unit else "–"


def _ended(case: Case) -> str:
    if case.ended_at is None:
        return "–"
    moment = in_full(localtime(case.ended_at))
    if case.due_at is None:
        return moment
    text = _("%(moment)s (%(length)s early)") if case.ended_at <= case.due_at else _("%(moment)s (%(length)s late)")
    return text % {"moment": moment, "length": spoken(case.ended_at - case.due_at)}


def _without_names(said: Entry, entry: TimelineEntry) -> Entry:
    """Leave the unit, take away the officer: the public reads who is responsible, not who sat at the desk."""
    return replace(said, moment=in_full(localtime(entry.happened_at)), who=kept_unit_name(entry.unit_name) or "–")
