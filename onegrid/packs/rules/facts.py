"""Whether the description of the district itself makes sense."""

from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from onegrid.packs.rules.pack import Fault

FILE = "pack.yaml"


def fact_faults(facts: Mapping[str, Any]) -> Iterator[Fault]:
    """Name what the schema cannot see: an unknown time zone, editions out of order or with one code."""
    try:
        ZoneInfo(facts["time_zone"])
    except (ZoneInfoNotFoundError, ValueError):
        text = _("There is no time zone “%(value)s”.") % {"value": facts["time_zone"]}
        yield Fault(FILE, None, "time_zone", text)
    days = [facts["records_from"]]
    codes: set[str] = set()
    for number, edition in enumerate(facts["editions"]):
        if edition["opens_on"] < days[-1] or (number and edition["opens_on"] == days[-1]):
            yield Fault(FILE, None, f"editions.{number}.opens_on", _("Editions stand in the order of their days."))
        if edition["code"] in codes:
            text = _("“%(value)s” is there twice.") % {"value": edition["code"]}
            yield Fault(FILE, None, f"editions.{number}.code", text)
        days.append(edition["opens_on"])
        codes.add(edition["code"])
    yield from _procedures(facts)


def _procedures(facts: Mapping[str, Any]) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, entry in enumerate(facts.get("procedures", ())):
        if entry["category"] in seen:
            text = _("“%(value)s” is there twice.") % {"value": entry["category"]}
            yield Fault(FILE, None, f"procedures.{number}.category", text)
        seen.add(entry["category"])
