"""Whether units, posts and people of a pack refer to what is there."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from onegrid.packs.rules.outlines import standing_codes
from onegrid.packs.rules.pack import Fault, Pack, Row, Table
from onegrid.packs.rules.shape import same_cell_twice

CENTRE, GRID = "centre", "grid"


def unit_faults(pack: Pack) -> Iterator[Fault]:
    """Name everything wrong with the units and posts."""
    units = pack["units"]
    yield from same_cell_twice(units, "code")
    yield from _parents(units)
    yield from _areas(pack, units, ("district", "township"))
    yield from _same_work_twice(units)
    yield from _townships_without(pack, units)
    yield from same_cell_twice(pack["posts"], "code")
    yield from unknown(pack["posts"], "unit", units.column("code"))


def account_faults(pack: Pack) -> Iterator[Fault]:
    """Name everything wrong with the people."""
    posts = pack["posts"].column("code")
    yield from unknown(pack["accounts"], "post", posts)
    yield from same_cell_twice(pack["accounts"], "post")
    yield from unknown(pack["system_accounts"], "unit", pack["units"].column("code"))
    yield from _areas(pack, pack["system_accounts"], ("district", "township"))
    yield from _usernames_twice(pack)
    yield from _grids(pack)
    people = {row["username"] for name in ("accounts", "system_accounts", "grid_workers") for row in pack[name]}
    for username in pack.facts.get("demonstration_accounts", ()):
        if username not in people:
            text = _("“%(value)s” is not in the pack.") % {"value": username}
            yield Fault("pack.yaml", None, "demonstration_accounts", text)


def unknown(table: Table, column: str, known: Mapping[str, object]) -> Iterator[Fault]:
    """Name each row that refers to something the pack does not have."""
    for row in table:
        if row[column] and row[column] not in known:
            yield Fault(table.file, row.line, column, _("“%(value)s” is not in the pack.") % {"value": row[column]})


def _parents(units: Table) -> Iterator[Fault]:
    above: set[str] = set()
    for row in units:
        if row["parent"] and row["parent"] not in above:
            text = _("“%(value)s” is not among the rows above.") % {"value": row["parent"]}
            yield Fault(units.file, row.line, "parent", text)
        above.add(row["code"])


def _areas(pack: Pack, table: Table, levels: tuple[str, ...]) -> Iterator[Fault]:
    """Units and leaders outlive redrawing, so their areas must stand in every edition."""
    for edition in pack.editions:
        codes = standing_codes(edition)
        known = {code for level in levels for code in codes.get(level, ())}
        for row in table:
            if row["area"] not in known:
                values = {"value": row["area"], "edition": edition.code}
                text = _("“%(value)s” is not a township or the district in the edition %(edition)s.") % values
                yield Fault(table.file, row.line, "area", text)


def _same_work_twice(units: Table) -> Iterator[Fault]:
    seen: dict[tuple[str, str], Row] = {}
    for row in units:
        first = seen.setdefault((row["function"], row["area"]), row)
        if first is not row:
            values = {"function": row["function"], "other": first["code"]}
            text = _("“%(other)s” already does “%(function)s” in this area.") % values
            yield Fault(units.file, row.line, "function", text)


def _townships_without(pack: Pack, units: Table) -> Iterator[Fault]:
    have = {(row["function"], row["area"]) for row in units}
    for edition in pack.editions:
        for township in standing_codes(edition).get("township", ()):
            for function in (CENTRE, GRID):
                if (function, township) not in have:
                    text = _("The township %(area)s has no “%(function)s” unit.")
                    yield Fault(units.file, None, "function", text % {"area": township, "function": function})


def _usernames_twice(pack: Pack) -> Iterator[Fault]:
    seen: dict[str, tuple[str, int]] = {}
    for name in ("accounts", "system_accounts", "grid_workers"):
        for row in pack[name]:
            here = (pack[name].file, row.line)
            file, line = seen.setdefault(row["username"], here)
            if (file, line) != here:
                text = _("“%(value)s” already stands in %(file)s, row %(row)d.")
                values = {"value": row["username"], "file": file, "row": line}
                yield Fault(pack[name].file, row.line, "username", text % values)


def _grids(pack: Pack) -> Iterator[Fault]:
    """Grid workers are named for the grids of the first edition; later ones move them."""
    if not pack.editions:
        return
    workers = pack["grid_workers"]
    grids = dict.fromkeys(standing_codes(pack.editions[0]).get("grid", ()))
    yield from unknown(workers, "grid", grids)
    walked = {row["grid"] for row in workers}
    for grid in grids:
        if grid not in walked:
            yield Fault(workers.file, None, "grid", _("Nobody walks the grid %(grid)s.") % {"grid": grid})
