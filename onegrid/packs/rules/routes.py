"""Whether the routing rules of a pack lead somewhere."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from onegrid.packs.rules.pack import Fault, Pack, Row
from onegrid.packs.rules.people import unknown
from onegrid.packs.rules.responsibility import Responsibility
from onegrid.packs.rules.shape import same_cell_twice


def routing_faults(pack: Pack) -> Iterator[Fault]:
    """Name everything wrong with the routing rules."""
    table = pack["routing"]
    areas = {
        feature["properties"]["code"]: feature
        for edition in pack.editions
        for sheet in edition.sheets
        for feature in sheet.features.values()
    }
    responsibility = Responsibility(pack)
    yield from same_cell_twice(table, "code")
    yield from unknown(table, "category", pack["categories"].column("code"))
    yield from unknown(table, "area", areas)
    for row in table:
        yield from (Fault(table.file, row.line, column, text) for column, text in _times(row))
        for column in ("lead", "support"):
            for name in row.many(column):
                if not responsibility.knows(name):
                    text = _("“%(value)s” leads to no unit from some place.") % {"value": name}
                    yield Fault(table.file, row.line, column, text)


def _times(row: Row) -> Iterator[tuple[str, str]]:
    if bool(row["from_time"]) != bool(row["to_time"]):
        yield "to_time", _("Hours need both a beginning and an end.")
    if row["closes_on"] and row["closes_on"] <= row["opens_on"]:
        yield "closes_on", _("The end lies before the beginning.")
