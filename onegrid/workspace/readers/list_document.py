"""A list of cases as a PDF file, in the order in which the desk has it."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.cases.public import ENDED, MOST_ON_PAPER, STAGE_OF, Outcome, QueueRow, Scope, queue_page
from onegrid.catalogue.public import catalogue
from onegrid.core import installation
from onegrid.core.printing.documents import breakable, typeset
from onegrid.units.public import directory
from onegrid.workspace.readers.case_document import foot
from onegrid.workspace.readers.chips import chips
from onegrid.workspace.rules.filters import Filters
from onegrid.workspace.rules.moments import in_full


def list_document(filters: Filters, *, by: User, at: datetime) -> bytes:
    """
    Return the cases of a list as PDF, at most `MOST_ON_PAPER` of them; one statement.

    :raises PaperFailedError: if it cannot be set.
    """
    selection = filters.selection(now=localtime(at))
    rows = queue_page(selection, order=filters.sort, by=by, at=at, limit=MOST_ON_PAPER).rows
    data = {
        "title": _("List of cases"),
        "issuer": installation.district_name(get_language() or ""),
        "internal": True,
        "line": asked_in_words(filters),
        "count": _("%(n)d cases") % {"n": len(rows)},
        "none": _("No cases match this filter"),
        "heads": [
            _("Number"), _("Due"), _("Case"), _("Place"), _("Stage"), _("Held by"), _("Time of report"),
        ],
        "rows": _rows(rows, at=at),
        "foot": foot(by, at=at, is_internal=True, is_simulated=any(row.is_simulated for row in rows)),
    }  # fmt: skip
    return typeset("workspace/list_sheet.typ", data=data)


def asked_in_words(filters: Filters) -> str:
    """Return scope and filters as a line to be read."""
    words = {Scope.MINE: _("Mine"), Scope.UNIT: _("My unit"), Scope.LED: _("Led by my unit")}
    said = [words.get(filters.scope, _("Everything below"))]
    said += [f"{chip.name}{_(':')} {chip.value}" for chip in chips(filters)]
    return " · ".join(said)


def _rows(rows: Sequence[QueueRow], *, at: datetime) -> list[list[str]]:
    language, kinds, units = get_language() or "", catalogue(), directory()
    stages = {status.value: str(stage.label) for status, stage in STAGE_OF.items()}
    ends = {status.value: str(status.label) for status in ENDED}
    outcomes = {outcome.value: str(outcome.label) for outcome in Outcome}
    flags = {"simulated": _("Simulated"), "urgent": _("Urgent"), "late": _("late")}
    found = []
    for row in rows:
        kind = kinds.by_id.get(row.category_id) if row.category_id else None
        unit = units.by_id.get(row.holder_unit_id) if row.holder_unit_id else None
        marks = [flags[name] for name in ("urgent", "simulated") if getattr(row, f"is_{name}")]
        late = row.stage_due_at is not None and row.stage_due_at < at
        found.append(
            [
                row.number,
                in_full(localtime(row.stage_due_at)) if row.stage_due_at else "–",
                flags["late"] if late else "",
                breakable(row.title),
                " · ".join([kind.trailed(language) if kind else _("no category yet"), *marks]),
                f"{row.township_name} {row.community_name} {row.grid_name}",
                stages.get(row.status) or outcomes.get(row.outcome) or ends[row.status],
                unit.named(language) if unit else "–",
                in_full(localtime(row.reported_at)),
            ]
        )
    return found
