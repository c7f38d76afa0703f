"""Whether the reply templates of a pack refer to what is there."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from onegrid.cases.public import unknown_placeholders
from onegrid.packs.rules.pack import Fault, Pack
from onegrid.packs.rules.people import unknown
from onegrid.packs.rules.shape import same_cell_twice


def reply_faults(pack: Pack) -> Iterator[Fault]:
    """Name everything wrong with the reply templates."""
    table = pack["reply_templates"]
    yield from same_cell_twice(table, "code")
    yield from unknown(table, "category", pack["categories"].column("code"))
    for row in table:
        for column in ("text", "text_en"):
            for name in unknown_placeholders(row[column]):
                yield Fault(table.file, row.line, column, _("“%(value)s” is not a placeholder.") % {"value": name})
