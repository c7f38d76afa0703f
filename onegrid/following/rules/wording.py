"""What stands in a message to somebody who follows something, in the language that is in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onegrid.core.moments import day_named, in_full

NAMED = 20  # steps that a message names one by one


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One public step as a message names it."""

    number: str
    title: str
    heading: str
    moment: str
    unit: str
    text: str
    path: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """A message: its title and its text."""

    title: str
    text: str


def question(name: str, *, yes_url: str, until: datetime) -> Words:
    """Return the mail that asks whether its owner wants to follow; without the link nothing more comes."""
    parts = (
        _("Somebody, most likely you, wants to follow this with your e-mail address:"),
        name,
        _("If it was you, open this link by %(until)s and say yes:") % {"until": in_full(until)},
        yes_url,
        _("If not, do nothing: nothing more is sent here, and the address is deleted."),
    )
    return Words(title=_("Do you want to follow this?"), text="\n\n".join(parts))


def news(name: str, lines: Sequence[Line], *, site: str, is_case: bool, stop_url: str, ends_at: datetime) -> Words:
    """Return the message that tells what is new, newest first; of many steps the first and how many more."""
    first, rest = lines[0], len(lines) - NAMED
    title = ngettext("%(name)s: %(count)d new step", "%(name)s: %(count)d new steps", len(lines)) % {
        "name": name,
        "count": len(lines),
    }
    if is_case and len(lines) == 1:
        title = _("%(title)s: %(step)s") % {"title": first.title, "step": first.heading}
    parts = [_told(line, site=site, is_case=is_case) for line in lines[:NAMED]]
    if rest > 0:
        parts.append(ngettext("and %d more", "and %d more", rest) % rest)
    if is_case:
        parts.append(f"{site}{first.path}")
    parts.append(
        _("You get this because you follow “%(name)s”, until %(day)s. One press ends it and deletes your address:")
        % {"name": name, "day": day_named(ends_at)}
    )
    return Words(title=title, text="\n\n".join([*parts, stop_url]))


def _told(line: Line, *, site: str, is_case: bool) -> str:
    head = " · ".join(filter(None, [line.moment, line.unit]))
    what = line.heading if is_case else f"{line.title} ({line.number}): {line.heading}"
    return "\n".join(filter(None, [what, head, line.text, "" if is_case else f"{site}{line.path}"]))
