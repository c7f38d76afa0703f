"""The list as a file: the API's twin of the export page, written while it is read."""

from enum import StrEnum
from typing import Annotated
from urllib.parse import urlencode

import msgspec
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

from onegrid.accounts.public import acting
from onegrid.cases.actions.export_cases import LONGEST_REASON, export_cases
from onegrid.cases.api.listing import SelectionIn
from onegrid.cases.readers.codes import known
from onegrid.cases.readers.export import exported_rows
from onegrid.cases.rules.columns import COLUMNS
from onegrid.core.api.plain import PlainOperation
from onegrid.core.api.queries import parameters
from onegrid.core.api.scopes import READ
from onegrid.core.spreadsheets.comma_separated import csv_parts
from onegrid.core.spreadsheets.files import XLSX, download, file_name
from onegrid.core.spreadsheets.workbook import About, xlsx_parts

UNLOGGED = {"text", "reason", "format"}


class FileFormat(StrEnum):
    """As what the table is written."""

    CSV = "csv"
    XLSX = "xlsx"


class ExportIn(SelectionIn, frozen=True, kw_only=True):
    """Which cases, as what; `reason` stands in the audit trail."""

    format: FileFormat = FileFormat.CSV
    reason: Annotated[str, msgspec.Meta(max_length=LONGEST_REASON)] = ""


def export(request: HttpRequest) -> StreamingHttpResponse:
    """Send the cases asked for as one table, newest first."""
    asked, by, at = parameters(request, ExportIn), acting(request), now()
    selection = known(asked.selection())
    words = [(name, values) for name, values in request.GET.lists() if name not in UNLOGGED]
    count = export_cases(
        selection=selection,
        asked=urlencode(words + ([("text", "*")] if asked.text else []), doseq=True),
        file_format=asked.format.value,
        reason=asked.reason,
        by=by,
        at=at,
    )
    rows = exported_rows(selection, by=by, at=at, for_programs=True)
    if asked.format is FileFormat.CSV:
        parts = csv_parts(COLUMNS, rows, for_programs=True)
    else:
        lines = [(_("Made"), localtime(at).isoformat(timespec="seconds")), (_("Cases"), str(count))]
        parts = xlsx_parts(COLUMNS, rows, about=About(title=_("Cases"), lines=lines))
    return download(parts, name=file_name("cases", at=localtime(at), extension=asked.format.value))


OPERATIONS = (
    PlainOperation(
        method="GET", path="cases/export", operation_id="export_cases", summary="Cases as a file", tag="cases",
        scope=READ, view=export, parameters=ExportIn, answers={}, files=("text/csv", XLSX),
        description="The cases that the caller may see, all in one table, newest first; at most 200,000. Needs the "
        "permission `cases.export` and stands in the audit trail. No column names a person. In CSV, texts that a "
        "spreadsheet program would calculate with begin with an apostrophe.",
    ),
)  # fmt: skip
