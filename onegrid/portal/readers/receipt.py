"""What a resident is told when a report has come in, or has joined another."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onegrid.cases.public import Case, Report, Status, link_hash, strangers, whose_turn
from onegrid.core.danger import speaks_of_danger
from onegrid.core.installation import area_named
from onegrid.core.names import in_language
from onegrid.units.public import directory


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceiptPage:
    """
    The number, where the case was placed, who looks at it first and until when.

    `is_joined` says that somebody else reported it first: then it holds what strangers see, and how it stands.
    `is_danger` says that what they wrote, or the kind, is of danger: then they should have called.
    """

    number: str
    title: str
    kind: str
    place: str
    address: str
    accuracy_m: int | None
    first_unit: str
    accepted_by: datetime | None
    done_by: datetime | None
    files: int
    is_joined: bool
    people: int
    turn: str
    is_danger: bool


def receipt_page(case_id: UUID, *, secret: str, language: str, at: datetime) -> ReceiptPage | None:
    """
    Return the receipt of whoever has a private link to a case. At most four statements.

    A deadline is in it only where the case's kind, and so the sum of its stages, is known.
    """
    case = Case.objects.select_related("category").filter(pk=case_id).first()
    if case is None:
        return None
    report = Report.objects.filter(case=case, link_hash=link_hash(secret)).first()
    is_own = report is not None and report.pk == case.pk
    kind, holder = case.category, directory().by_id.get(case.holder_unit_id) if case.holder_unit_id else None
    area = f"{area_named(case.township_name)} · {area_named(case.community_name)}"
    done_by = case.due_at if kind else None
    return ReceiptPage(
        number=case.number,
        title=case.title if is_own else strangers.title_of(case),
        kind=in_language(language, kind.name, kind.name_en) if kind else "",
        place=f"{area} · {area_named(case.grid_name)}" if is_own else area,
        address=case.address if is_own else strangers.address_of(case),
        accuracy_m=round(case.accuracy_m) if is_own and case.accuracy_m else None,
        first_unit=holder.named(language) if holder else "",
        accepted_by=case.stage_due_at,
        done_by=done_by if is_own or (done_by and at <= done_by) else None,
        files=case.evidence.count() if is_own else 0,
        is_joined=not is_own,
        people=case.report_count,
        turn=whose_turn(Status(case.status), unit=strangers.unit_name(case.holder_unit_id), outcome=case.outcome),
        is_danger=bool(kind and kind.is_urgent) or speaks_of_danger(report.text if report else ""),
    )
