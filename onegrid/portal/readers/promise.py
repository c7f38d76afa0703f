"""The promise page of a case: where it stands, who has it, until when, what came of it. At most six statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.cases.public import (
    Case,
    Channel,
    Evidence,
    EvidencePurpose,
    Move,
    Outcome,
    Status,
    Telling,
    TimelineEntry,
    Visibility,
    case_number,
    explain,
    explain_stages,
    outcome_words,
    strangers,
    time_left_of,
    was_late,
    whose_turn,
)
from onegrid.catalogue.public import catalogue
from onegrid.core.installation import area_named
from onegrid.core.moments import in_full
from onegrid.geography.public import Area
from onegrid.portal.rules.drawing import sheet_for
from onegrid.portal.rules.progress import Step, steps
from onegrid.portal.rules.promises import Deadline, Told, deadline

HEIGHT = 200  # of the small map
AROUND = 500  # meters of what lies around a case


@dataclass(frozen=True, kw_only=True, slots=True)
class SmallMap:
    """The community around a case; with the grid and the spot where these may be shown."""

    community: str
    grid: str = ""
    pin: tuple[float, float] | None = None
    height: int = HEIGHT


@dataclass(frozen=True, kw_only=True, slots=True)
class Photo:
    """A picture anybody may see, and what it shows."""

    id: UUID
    label: str
    taken: str


@dataclass(frozen=True, kw_only=True)
class PromisePage:
    """Everything the page shows to a stranger; a holder of the private link sees more beside it."""

    case: Case
    title: str
    description: str
    category: str
    place: str
    is_exact: bool
    is_read: bool
    is_imported: bool
    steps: Sequence[Step]
    turn: str
    holder: str
    lead: str
    deadline: Deadline
    outcome: str
    outcome_note: str
    is_solved: bool
    photos: Sequence[Photo]
    history: Sequence[Telling]
    map: SmallMap | None
    merged_into: str
    around: str


def case_version(*, number: str = "", **_others: object) -> object:
    """
    Return by what everything that strangers see of a case is known to be the same; nothing where they see none.

    `number` is as it stands in an address. One statement, none without a number.
    """
    wanted = case_number(number)
    if not wanted:
        return None
    return strangers.shown().filter(number=wanted).values_list("version", "report_count").first()


def find(number: str) -> Case | None:
    """Return the case of a number, if strangers may see it."""
    return strangers.shown().select_related("merged_into").filter(number=number).first() if number else None


def is_shown(case: Case) -> bool:
    """Tell whether strangers may open the page of a case."""
    return strangers.shown().filter(pk=case.pk).exists()


def is_shown_photo(photo_id: UUID) -> bool:
    """Tell whether a picture belongs to a case that strangers may open."""
    return Evidence.objects.filter(pk=photo_id, case__in=strangers.shown()).exists()


def promise(case: Case, *, at: datetime, is_own: bool = False) -> PromisePage:
    """Return the page of a case; `is_own` shows it to the one who reported it, with their own words and place."""
    category = catalogue().by_id[case.category_id] if case.category_id else None
    is_exact, is_read = is_own or strangers.shows_place(case), is_own or strangers.shows_words(case)
    entries = list(case.timeline.filter(visibility=Visibility.PUBLIC).order_by("-received_at", "-id"))
    status, holder = Status(case.status), strangers.unit_name(case.holder_unit_id)
    return PromisePage(
        case=case,
        title=case.title if is_own else strangers.title_of(case),
        description=_description(case, is_own=is_own),
        category=category.trailed(get_language() or "") if category else _("Kind not yet known"),
        place=_place(case, is_own=is_own),
        is_exact=is_exact,
        is_read=is_read,
        is_imported=case.channel == Channel.IMPORT,
        steps=steps(status, outcome=case.outcome, was_dispatched=_was_dispatched(case, entries)),
        turn=whose_turn(status, unit=holder, outcome=case.outcome),
        holder=holder,
        lead="" if status == Status.DISPUTED else strangers.unit_name(case.lead_unit_id),  # it is not known whose it is
        deadline=deadline(
            case,
            Told(
                stage=explain(case, entries, at=at, is_public=True),
                whole=explain(case, entries, at=at, is_whole=True, is_public=True),
                stages=explain_stages(case, entries, at=at, is_public=True),
                was_late=was_late(case, entries, at=at),
            ),
            time_left_of(case, now=at),
            now=at,
        ),
        outcome=outcome_words(case.outcome) if case.outcome else "",
        outcome_note=case.outcome_note,
        is_solved=case.outcome == Outcome.FIXED,
        photos=_photos(case),
        history=strangers.tellings(entries),
        map=_small_map(case, is_exact=is_exact),
        merged_into=_merged_into(case),
        around=f"{case.place[0]:.5f},{case.place[1]:.5f},{AROUND}" if strangers.shows_place(case) else "",
    )


def _was_dispatched(case: Case, entries: Sequence[TimelineEntry]) -> bool:
    return case.lead_unit_id is not None or any(entry.move == Move.DISPATCH for entry in entries)


def _description(case: Case, *, is_own: bool) -> str:
    if case.description.strip() == case.title:
        return ""
    return case.description if is_own else strangers.description_of(case)


def _place(case: Case, *, is_own: bool) -> str:
    address = case.address if is_own else strangers.address_of(case)
    return " · ".join(filter(None, [area_named(case.township_name), area_named(case.community_name), address]))


def _photos(case: Case) -> list[Photo]:
    rows = (
        Evidence.objects.public()
        .filter(case=case, case__in=strangers.shown())
        .only("id", "purpose", "taken_at", "added_at")
    )
    labels = {EvidencePurpose.BEFORE: _("Before the work"), EvidencePurpose.AFTER: _("After the work")}
    return [
        Photo(
            id=row.pk,
            label=labels.get(EvidencePurpose(row.purpose)) or str(EvidencePurpose(row.purpose).label),
            taken=in_full(row.taken_at or row.added_at),
        )
        for row in sorted(rows, key=lambda row: (row.purpose == EvidencePurpose.AFTER, row.added_at))
    ]


def _small_map(case: Case, *, is_exact: bool) -> SmallMap | None:
    grid = Area.objects.select_related("parent").filter(pk=case.grid_id).first()
    if grid is None or grid.parent is None:
        return None
    sheet = sheet_for([grid.parent.outline], height=HEIGHT)
    community = sheet.path(grid.parent.outline)
    if not is_exact:
        return SmallMap(community=community)
    return SmallMap(community=community, grid=sheet.path(grid.outline), pin=sheet.at(case.place))


def _merged_into(case: Case) -> str:
    """Return the number of the case this one is part of, if strangers may open that."""
    if case.merged_into_id is None or not strangers.shown().filter(pk=case.merged_into_id).exists():
        return ""
    return case.merged_into.number if case.merged_into else ""
