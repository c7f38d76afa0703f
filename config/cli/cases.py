"""`onegrid cases`: bring in past cases; compare the counters of the areas with them; make draws again."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
import yaml
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from onegrid.cases.public import (
    Difference,
    Walked,
    check_draws,
    differences,
    draw_months,
    rebuild_counters,
    recompute_clocks,
)
from onegrid.core.errors import DomainError
from onegrid.core.processes import keep_what_is_loaded
from onegrid.exchange.public import Imported, Mapping, RowFault, import_cases, read_mapping
from onegrid.oversight.public import Actor

app = typer.Typer(
    help="Cases: bring in past ones, compare counters with them, reckon clocks and make draws again.",
    no_args_is_help=True,
)
console = Console()
SHOWN = 20
_COLUMNS = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="A CSV (also .gz) or XLSX file.")],
    mapping: Annotated[Path, typer.Option(help="The YAML file that says what its columns mean.")],
    report: Annotated[Path | None, typer.Option(help="Write every refused row to this CSV file.")] = None,
    *,
    language: Annotated[str, typer.Option(help="zh-hans, zh-hant or en.")] = settings.LANGUAGE_CODE,
) -> None:
    """Bring in a city's past cases. Doing it again adds only what is new."""
    with translation.override(language):
        _bring_in(file, mapping, report)


def _bring_in(file: Path, mapping: Path, report: Path | None) -> None:
    try:
        if report:
            report.open("a").close()  # better now than after the work
        done = _import(file, read_mapping(yaml.safe_load(mapping.read_text(encoding="utf8"))))
    except (DomainError, OSError, UnicodeError, yaml.YAMLError) as refusal:
        console.print(str(refusal), style="red", markup=False)
        raise typer.Exit(1) from refusal
    console.print(
        _("%(read)d rows read, %(written)d cases written, %(known)d known already, %(refused)d rows refused.")
        % {"read": done.read, "written": done.written, "known": done.known, "refused": len(done.refused)}
    )
    _show(done.refused)
    if report:
        _write(report, done.refused)


@app.command()
def counters(
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Count every case and name each counter that differs.")
    ] = False,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Count every case and let the counters say so.")] = False,
    language: Annotated[str, typer.Option(help="zh-hans, zh-hant or en.")] = settings.LANGUAGE_CODE,
) -> None:
    """Compare the counters of the map with the cases, or count anew. Nobody who works has to wait meanwhile."""
    with translation.override(language):
        _compare(check=check, rebuild=rebuild)


@app.command()
def draws(
    *,
    check: Annotated[str, typer.Option(help="A month, such as 2026-11: make all its draws again and compare.")] = "",
    language: Annotated[str, typer.Option(help="zh-hans, zh-hant or en.")] = settings.LANGUAGE_CODE,
) -> None:
    """List the months in which it was drawn who is verified, or make the draws of one again and compare."""
    with translation.override(language):
        if check:
            _check_draws(check)
        else:
            _list_months()


def _list_months() -> None:
    for one in draw_months():
        secret = bytes(one.secret).hex() if one.published_at else _("not published yet")
        said = _("%(month)s: commitment %(commitment)s, secret %(secret)s")
        words = said % {"month": one.month, "commitment": one.commitment, "secret": secret}
        console.print(words, markup=False, highlight=False, soft_wrap=True)


def _check_draws(month: str) -> None:
    found = check_draws(month)
    if found is None:
        console.print(_("Nothing was drawn in %(month)s.") % {"month": month}, style="red", markup=False)
        raise typer.Exit(2)
    said = _("%(month)s: %(drawn)d drawn, %(undrawn)d not drawn, %(faults)d do not come out.")
    counts = {"month": month, "drawn": found.drawn, "undrawn": found.undrawn, "faults": len(found.faults)}
    console.print(said % counts, markup=False, highlight=False)
    for fault in found.faults:
        line = _("%(number)s, %(at)s: kept %(kept)s, comes out as %(made)s")
        words = {"number": fault.number, "at": f"{fault.at:%Y-%m-%d %H:%M}", "kept": fault.kept or "–"}
        console.print(line % {**words, "made": fault.made or "–"}, markup=False, highlight=False, soft_wrap=True)
    if not found.commitment_holds:
        console.print(_("The audit trail does not have the hash of this secret."), style="red")
    if not found.is_whole:
        raise typer.Exit(1)


def _compare(*, check: bool, rebuild: bool) -> None:
    if check == rebuild:
        console.print(_("Say either --check or --rebuild."), style="red")
        raise typer.Exit(2)
    if rebuild:
        console.print(_("%(count)d counters say what there is.") % {"count": rebuild_counters(at=timezone.now())})
        return
    found = differences()
    if not found:
        console.print(_("Every counter says what there is."))
        return
    _tell(found)
    console.print(
        _("%(count)d counters differ. `onegrid cases counters --rebuild` mends them.") % {"count": len(found)}
    )
    raise typer.Exit(1)


def _tell(found: Sequence[Difference]) -> None:
    """Print each difference on a line of its own, whatever the width, so that programs can read it too."""
    for one in found:
        marks = [name for name, is_so in (("urgent", one.is_urgent), ("simulated", one.is_simulated)) if is_so]
        which = " ".join([one.grid_code, one.status, one.channel, *marks])
        said = _("%(which)s: %(kept)d kept, %(cases)d counted; late %(kept_late)d kept, %(late)d counted")
        counts = {"kept": one.kept, "cases": one.cases, "kept_late": one.kept_late, "late": one.late}
        console.print(said % {"which": which, **counts}, markup=False, highlight=False, soft_wrap=True)


@app.command()
def clocks(
    *,
    force: Annotated[
        bool, typer.Option("--force", help="Also where no calendar has changed since the last time.")
    ] = False,
    language: Annotated[str, typer.Option(help="zh-hans, zh-hant or en.")] = settings.LANGUAGE_CODE,
) -> None:
    """Reckon the clocks of all open cases by the calendars as they stand; it goes on where it was cut off."""
    keep_what_is_loaded()
    with translation.override(language):
        _reckon(is_forced=force)


def _reckon(*, is_forced: bool) -> None:
    with Progress(*_COLUMNS, console=console) as bar:
        task = bar.add_task(_("Cases"), total=None)

        def show(walked: Walked) -> bool:
            bar.update(task, completed=walked.done, total=max(walked.total, walked.done))
            return False

        walked = recompute_clocks(at=timezone.now(), is_enough=show, is_forced=is_forced)
        if walked:
            show(walked)  # of the last lot nobody asks whether it is enough
    if walked is None:
        console.print(_("No calendar has changed since all clocks were last reckoned."))
        return
    console.print(
        _(
            "%(done)d open cases reckoned, %(changed)d have other due moments; "
            "so have %(beside)d supporting tasks and supervision orders."
        )
        % {"done": walked.done, "changed": walked.changed, "beside": walked.beside}
    )


def _import(file: Path, mapping: Mapping) -> Imported:
    with Progress(*_COLUMNS, console=console) as bar:
        task = bar.add_task(_("Cases"), total=None)
        return import_cases(
            path=file,
            mapping=mapping,
            by=Actor("operator"),
            at=timezone.now(),
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )


def _show(refused: list[RowFault]) -> None:
    if not refused:
        return
    table = Table(_("Row"), _("Column"), _("Why"))
    for fault in refused[:SHOWN]:
        table.add_row(str(fault.row), fault.column, fault.reason)
    console.print(table)
    if len(refused) > SHOWN:
        console.print(_("… and %(count)d more; --report writes them all.") % {"count": len(refused) - SHOWN})


def _write(report: Path, refused: list[RowFault]) -> None:
    with report.open("w", encoding="utf-8-sig", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["row", "column", "reason"])
        rows.writerows([fault.row, fault.column, fault.reason] for fault in refused)
    console.print(_("Refused rows are in %(path)s.") % {"path": report})
