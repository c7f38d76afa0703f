"""What a resident is told when a report has come in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onegrid.cases.public import Case
from onegrid.core.names import in_language
from onegrid.units.public import directory


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceiptPage:
    """The number, where the case was placed, who looks at it first and until when."""

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


def receipt_page(case_id: UUID, *, language: str) -> ReceiptPage | None:
    """Return the receipt of a case; its deadline only where its kind, and so the sum of its stages, is known."""
    case = Case.objects.select_related("category").filter(pk=case_id).first()
    if case is None:
        return None
    kind, holder = case.category, directory().by_id.get(case.holder_unit_id) if case.holder_unit_id else None
    return ReceiptPage(
        number=case.number,
        title=case.title,
        kind=in_language(language, kind.name, kind.name_en) if kind else "",
        place=f"{case.township_name} · {case.community_name} · {case.grid_name}",
        address=case.address,
        accuracy_m=round(case.accuracy_m) if case.accuracy_m else None,
        first_unit=holder.named(language) if holder else "",
        accepted_by=case.stage_due_at,
        done_by=case.due_at if kind else None,
        files=case.evidence.count(),
    )
