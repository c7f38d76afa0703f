"""What is written to residents, in the language that is in force."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

NAMED = 20  # steps that a mail names one by one


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One step of a report, in the words of its public page, and when who took it."""

    number: str
    heading: str
    moment: str
    unit: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """A message: its title and its text."""

    title: str
    text: str


def with_code(code: str, *, minutes: int) -> Words:
    """Return the message with a code; all that a text message says of it is the title."""
    parts = (
        _("Your code is %(code)s. It is good once, for %(minutes)d minutes, in the browser where you asked for it.")
        % {"code": code, "minutes": minutes},
        _("Nobody of us will ever ask you for it. If you did not ask for it, do nothing: without it nobody comes in."),
    )
    title = _("%(code)s is your code, good for %(minutes)d minutes") % {"code": code, "minutes": minutes}
    return Words(title=title, text="\n\n".join(parts))


def news(lines: Sequence[Line], *, url: str, stop_url: str) -> Words:
    """Return the mail that tells what is new in somebody's reports, newest first."""
    rest = len(lines) - NAMED
    if len(lines) == 1:
        title = _("%(number)s: %(step)s") % {"number": lines[0].number, "step": lines[0].heading}
    else:
        title = ngettext(
            "%(count)d new step in your reports", "%(count)d new steps in your reports", len(lines)
        ) % {"count": len(lines)}  # fmt: skip
    parts = [_told(line) for line in lines[:NAMED]]
    if rest > 0:
        parts.append(ngettext("and %d more", "and %d more", rest) % rest)
    parts += [url] if url else []
    parts.append(_("You get this because you want to be told of your reports. One press ends it:"))
    return Words(title=title, text="\n\n".join([*parts, stop_url]))


def _told(line: Line) -> str:
    head = " · ".join(filter(None, [line.moment, line.unit]))
    return "\n".join(filter(None, [f"{line.number} {line.heading}", head, line.text]))
