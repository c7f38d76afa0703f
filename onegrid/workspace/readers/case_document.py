"""A case as a PDF file: the sheet with its pictures, set on the server."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.accounts.public import User, live_duties
from onegrid.cases.public import Case, Evidence, SupportTask
from onegrid.core import files, installation
from onegrid.core.printing.documents import breakable, typeset
from onegrid.units.public import directory, kept_unit_name
from onegrid.workspace.readers.paper import Paper, paper
from onegrid.workspace.readers.why import why
from onegrid.workspace.rules.moments import in_full
from onegrid.workspace.rules.square import square
from onegrid.workspace.rules.words import PURPOSES

MOST_PICTURES = 12  # six rows of two; more would be an album


def case_document(case: Case, *, by: User, at: datetime, is_internal: bool, address: str) -> bytes:
    """
    Return a case as PDF, for anybody or for the house.

    `address` is where a resident follows the case; it stands on the sheet as a
    square to be read by a phone if the case is public.

    :raises PaperFailedError: if it cannot be set.
    """
    sheet = paper(case, at=at, is_internal=is_internal)
    shown = _shown(sheet, is_internal=is_internal)
    pictures = {f"picture-{place}.jpg": content for place, (_piece, content) in enumerate(shown)}
    if case.is_public and address:
        pictures["square.svg"] = square(address)
    reason = why(case, sheet.file.timeline, at=at, is_public=not is_internal)
    data = {
        "title": breakable(sheet.title),
        "issuer": installation.district_name(get_language() or ""),
        "internal": is_internal,
        "kind": _("Case sheet (internal copy)") if is_internal else _("Case sheet (public content)"),
        "line": f"{_('Number')} {sheet.number} · {sheet.trail} · {sheet.result_is}{_(':')} ",
        "result": sheet.result,
        "square": "square.svg" in pictures,
        "square_says": _("QR code: opens the public page of the case"),
        "facts": _facts(sheet),
        "description": breakable(case.description) if is_internal else "",
        "described": _("What was reported"),
        "why": reason.basis if reason else "",
        "whys": _("Why this deadline?"),
        "staged": _("Stages"),
        "stages": [[stage.label, stage.note or ("–" if not stage.is_done else _("done"))] for stage in sheet.stages],
        "seen": _("Scene and result"),
        "pictures": [_captioned(piece, place) for place, (piece, _content) in enumerate(shown)],
        "more": _more(sheet, shown=len(shown)),
        "happened": _("What happened"),
        "heads": [_("When"), _("What"), _("Who")],
        "entries": [
            [
                entry.moment,
                entry.headline,
                breakable(entry.text),
                entry.who,
                _("Internal") if is_internal and entry.is_internal else "",
            ]
            for entry in sheet.entries
        ],
        "tasked": _("Supporting tasks"),
        "task_heads": [_("Unit"), _("What"), _("Result")],
        "tasks": [_task(task) for task in sheet.file.tasks],
        "foot": foot(by, at=at, is_internal=is_internal, is_simulated=sheet.is_simulated),
    }
    return typeset("workspace/case_sheet.typ", data=data, pictures=pictures)


def foot(by: User, *, at: datetime, is_internal: bool, is_simulated: bool) -> str:
    """Return who printed a sheet and when; outside the house only the unit is named."""
    duties = live_duties(by)
    unit = directory().by_id.get(duties[0].unit_id) if duties else None
    named = unit.named(get_language() or "") if unit else "–"
    who = f"{named} · {by.display_name}" if is_internal else named
    said = [_("Printed %(moment)s, %(who)s.") % {"moment": in_full(localtime(at)), "who": who}]
    said.append(_("Internal copy; printing it was noted.") if is_internal else _("Public content only."))
    if is_simulated:
        said.append(_("Simulated data."))
    return " ".join(said)


def _facts(sheet: Paper) -> list[list[str]]:
    reports = _("%(n)d reports") % {"n": sheet.reports} if sheet.reports > 1 else ""
    facts = [
        [_("Place"), breakable(sheet.place), _("Source"), ", ".join(part for part in (sheet.channel, reports) if part)],
        [_("Lead unit"), sheet.lead, _("Held by"), sheet.holder],
        [_("Time of report"), sheet.reported, _("Promised by"), sheet.due],
        [_("Ended"), sheet.ended, _("Outcome"), breakable(sheet.note) or "–"],
    ]
    if sheet.is_simulated:
        facts.append([_("Simulated"), _("yes"), "", ""])
    return facts


def _shown(sheet: Paper, *, is_internal: bool) -> list[tuple[Evidence, bytes]]:
    """Return the pictures of a sheet; what leaves the house shows the covered copies."""
    order = list(PURPOSES)
    named = [
        (piece, piece.thumbnail_sha256 if is_internal else piece.public_thumbnail_sha256)
        for piece in sorted(sheet.file.evidence, key=lambda piece: (order.index(piece.purpose), piece.added_at))
    ]
    kept = [(piece, sha256) for piece, sha256 in named if sha256 and files.exists(sha256)]
    return [(piece, _content(sha256)) for piece, sha256 in kept[:MOST_PICTURES]]


def _more(sheet: Paper, *, shown: int) -> str:
    left = len(sheet.file.evidence) - shown
    return _("And %(n)d more files, which are not on this sheet.") % {"n": left} if left > 0 else ""


def _captioned(piece: Evidence, place: int) -> dict[str, str]:
    who = kept_unit_name(piece.unit_name) or _("Reporter")
    label = str(PURPOSES[piece.purpose])
    return {"name": f"picture-{place}.jpg", "label": label, "caption": f"{who}, {in_full(localtime(piece.added_at))}"}


def _content(sha256: str) -> bytes:
    with files.open_file(sha256) as content:
        return bytes(content.read())


def _task(task: SupportTask) -> Sequence[str]:
    unit = directory().by_id.get(task.unit_id)
    return [unit.named(get_language() or "") if unit else "–", breakable(task.what), breakable(task.result) or "–"]
