"""What somebody who verifies sees first: before beside after, and why this case is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from onegrid.cases.public import GROUND_WORDS, CaseFile, EvidencePurpose, Ground, Status
from onegrid.workspace.readers.case_parts import Figure


@dataclass(frozen=True, kw_only=True)
class Verification:
    """The first picture of before and the last of after, where there are both; `why` the case is verified."""

    before: Figure | None
    after: Figure | None
    why: str
    reworks: int

    @property
    def pair(self) -> tuple[Figure | None, Figure | None]:
        """Return both, in the order in which they are looked at."""
        return self.before, self.after


def verification(file: CaseFile, figures: Sequence[Figure]) -> Verification | None:
    """Return what a case that waits for its verification shows for it; nothing of any other."""
    if Status(file.case.status) != Status.HANDLED:
        return None
    drawn = {figure.id: figure for figure in figures if figure.is_photo and figure.thumbnail}
    by_purpose = [(piece.purpose, drawn[piece.pk]) for piece in file.evidence if piece.pk in drawn]
    before = [figure for purpose, figure in by_purpose if purpose == EvidencePurpose.BEFORE]
    after = [figure for purpose, figure in by_purpose if purpose == EvidencePurpose.AFTER]
    return Verification(
        before=before[0] if before else None,
        after=after[-1] if after else None,
        why=_why(file),
        reworks=file.case.rework_count,
    )


def _why(file: CaseFile) -> str:
    """Say why, from the draw that was written down when the case was reported done."""
    kept = next((entry.data["draw"] for entry in file.timeline if "draw" in entry.data), None)
    if kept is None:
        return ""
    if Ground(kept["ground"]) != Ground.CHANCE:
        return str(GROUND_WORDS[Ground(kept["ground"])])
    said = _("it was drawn: its number %(number)s is below %(percent)s (secret of %(month)s, round %(round)s)")
    return said % {
        "number": kept["number"],
        "percent": f"{kept['percent']:g}",
        "month": kept["month"],
        "round": kept["round"],
    }
