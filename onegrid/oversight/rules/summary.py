"""How the result of an examination is told, to people and to programs."""

from collections.abc import Iterator
from dataclasses import asdict

from django.utils.translation import gettext as _

from onegrid.oversight.rules.examination import Report
from onegrid.oversight.rules.faults import explain


def summary(report: Report) -> Iterator[str]:
    """Yield what to tell a person, line by line: the verdict, each fault, what was covered, what to note down."""
    if report.is_whole:
        yield _("The trail is whole.")
    else:
        yield _("The trail is not as it was sealed.")
    for fault in report.faults:
        yield f"  - {explain(fault)}"
    if report.unnamed:
        yield "  - " + _("And %(number)s more.") % {"number": report.unnamed}
    yield _("Seals checked: %(seals)s. Entries under them: %(sealed)s. Entries under no seal: %(unsealed)s.") % {
        "sealed": report.sealed,
        "seals": report.seals,
        "unsealed": report.unsealed,
    }
    if report.last is not None:
        yield _("To note down for next time: %(note)s") % {"note": report.last.note}


def as_data(report: Report) -> dict[str, object]:
    """Return the same for a program."""
    return {
        "whole": report.is_whole,
        "faults": [{**asdict(fault), "text": explain(fault)} for fault in report.faults],
        "unnamed": report.unnamed,
        "seals": report.seals,
        "sealed": report.sealed,
        "unsealed": report.unsealed,
        "last": {"number": report.last.number, "hash": report.last.hash.hex()} if report.last else None,
    }
