"""Who may hear that something has changed."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Audience:
    """
    What somebody's duties let them hear of: areas by their codes, units, and what they reported themselves.

    Equal audiences hear the same, so that it need be worked out once for all of them.
    """

    areas: frozenset[str] = frozenset()
    units: frozenset[UUID] = frozenset()
    person: UUID | None = None
    hears_all: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A change as it is told: what, of which matter, and who may hear it."""

    xid: int
    kind: str
    subject: UUID
    area_path: str
    unit_ids: Collection[UUID]
    person_id: UUID | None


def may_hear(audience: Audience, *, area_path: str, unit_ids: Collection[UUID], person_id: UUID | None) -> bool:
    """Test if somebody may hear of a matter that lies there and that these units and this person have to do with."""
    return (
        audience.hears_all
        or not audience.areas.isdisjoint(area_path.split("/"))
        or not audience.units.isdisjoint(unit_ids)
        or (person_id is not None and person_id == audience.person)
    )
