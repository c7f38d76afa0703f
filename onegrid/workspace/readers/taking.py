"""The page from which somebody takes a list with them: how many cases, in which words, and what each column means."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.cases.public import (
    COLUMNS,
    MOST_CASES,
    MOST_ON_PAPER,
    MOST_WITH_REPORTERS,
    REPORTER_COLUMNS,
    exported_rows,
    selected,
)
from onegrid.core import installation
from onegrid.core.spreadsheets.columns import Column
from onegrid.core.spreadsheets.comma_separated import csv_parts
from onegrid.core.spreadsheets.workbook import About, xlsx_parts
from onegrid.workspace.readers.list_document import asked_in_words, list_document
from onegrid.workspace.rules.filters import Filters


@dataclass(frozen=True, kw_only=True)
class Taking:
    """What the page says before anything is taken."""

    count: int
    counted: str
    asked: str
    list_query: str
    columns: Sequence[Column]
    most_on_paper: int
    most: int
    most_with_reporters: int

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to take."""
        return self.count == 0


def taking(filters: Filters, *, by: User, at: datetime) -> Taking:
    """Return the page for a list; one statement, which stops counting above what a file may hold."""
    cases = selected(filters.selection(now=localtime(at)), by=by, at=at)
    count = cases.order_by().values("pk")[: MOST_CASES + 1].count()
    return Taking(
        count=count,
        counted=f"{count:,}" if count <= MOST_CASES else f"> {MOST_CASES:,}",
        asked=asked_in_words(filters),
        list_query=filters.query(),
        columns=COLUMNS,
        most_on_paper=MOST_ON_PAPER,
        most=MOST_CASES,
        most_with_reporters=MOST_WITH_REPORTERS,
    )


def logged(filters: Filters) -> str:
    """Return the list in the words of its address, as the trail keeps them: a search may name somebody, so not that."""
    return filters.query(without=["q"]).removeprefix("?") + ("&q=*" if filters.q else "")


def written(
    filters: Filters, *, file_format: str, count: int, by: User, at: datetime, with_reporters: bool
) -> Iterable[bytes]:
    """Return the parts of the file, ready to be sent as they are made."""
    if file_format == "pdf":
        return [list_document(filters, by=by, at=at)]
    rows = exported_rows(filters.selection(now=localtime(at)), by=by, at=at, with_reporters=with_reporters)
    columns = (*COLUMNS, *REPORTER_COLUMNS) if with_reporters else COLUMNS
    if file_format == "csv":
        return csv_parts(columns, rows)
    lines = [
        (_("Area"), installation.district_name(settings.LANGUAGE_CODE)),
        (_("Filters"), asked_in_words(filters)),
        (_("Cases"), str(count)),
        (_("Made"), localtime(at).strftime("%Y-%m-%d %H:%M")),
        (_("Who may have it"), _("Internal: for the work of this unit only. That it was made was noted.")),
    ]
    if settings.DISTRICT_IS_DEMONSTRATION:
        lines.append((_("Simulated"), _("A demonstration: the column “Simulated” says which cases are made up.")))
    return xlsx_parts(columns, rows, about=About(title=_("Cases"), lines=lines))
