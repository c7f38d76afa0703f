"""
Write whole dockets at once, by COPY: what was disputed, what was said, and how it was decided.

For cases that `cases.insert_lives` writes in the same transaction, whose timelines say the
same. It announces nothing and leaves no line in the trail: the caller answers for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from onegrid.cases.public import Hand
from onegrid.core.bulk import copy_rows
from onegrid.core.ids import new_id
from onegrid.dispatch.models import Argument, Dispute, DisputeReason, Party, PartyRole


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What somebody said in a docket for a unit."""

    unit_id: UUID
    by: Hand
    at: datetime
    text: str


@dataclass(kw_only=True, slots=True)
class ToldDocket:
    """
    The first docket of a case as its teller knows it; `words` are those of the unit that says "not ours".

    `decided` is the ruling, said for the unit to which the case belongs, and nothing while it is open.
    """

    case_id: UUID
    category_code: str
    reason: DisputeReason
    words: Said
    claimed_unit_id: UUID | None
    due_at: datetime | None
    arguments: list[Said] = field(default_factory=list)
    decided: Said | None = None

    @property
    def parties(self) -> dict[UUID, PartyRole]:
        """The units that may argue, and why."""
        claimed = {self.claimed_unit_id: PartyRole.CLAIMED} if self.claimed_unit_id else {}
        return {**claimed, self.words.unit_id: PartyRole.DISPUTES}


def insert_dockets(told: Iterable[ToldDocket]) -> None:
    """Write dockets in the caller's transaction, after the cases that they are about."""
    rows = [(each, _row(each)) for each in told]
    copy_rows([row for _each, row in rows])
    copy_rows([
        Party(dispute_id=row.pk, unit_id=unit_id, role=role, named_at=row.opened_at)
        for each, row in rows
        for unit_id, role in each.parties.items()
    ])  # fmt: skip
    copy_rows([
        Argument(
            id=new_id(), dispute_id=row.pk, unit_id=said.unit_id, by_user_id=said.by.id, by_name=said.by.name,
            text=said.text, at=said.at,
        )
        for each, row in rows
        for said in each.arguments
    ])  # fmt: skip


def _row(told: ToldDocket) -> Dispute:
    words, ruling = told.words, told.decided
    row = Dispute(
        id=new_id(), case_id=told.case_id, number=1, category_code=told.category_code, reason=told.reason,
        words=words.text, unit_id=words.unit_id, claimed_unit_id=told.claimed_unit_id, opened_by_id=words.by.id,
        opened_by_name=words.by.name, opened_at=words.at, due_at=told.due_at,
    )  # fmt: skip
    if ruling:
        row.decided_at, row.decided_by_id, row.decided_by_name = ruling.at, ruling.by.id, ruling.by.name
        row.decided_unit_id, row.ruling = ruling.unit_id, ruling.text
    return row
