"""`onegrid categories`: learn to suggest them, try it, and see whether it is of use."""

from typing import Annotated

import typer
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from onegrid.catalogue.public import catalogue
from onegrid.core.errors import DomainError
from onegrid.oversight.public import Actor
from onegrid.triage.public import Grade, Trained, kept_model, suggest, train_categories, usefulness

app = typer.Typer(help="Categories: learn to suggest them, try it, measure it.", no_args_is_help=True)
console = Console(highlight=False, soft_wrap=True)

Language = Annotated[str, typer.Option(help="zh-hans, zh-hant or en.")]


@app.command()
def train(
    *,
    keep_worse: Annotated[
        bool, typer.Option("--keep-worse", help="Replace the model in use even if the new one is worse.")
    ] = False,
    simulated: Annotated[
        bool | None,
        typer.Option("--simulated/--no-simulated", help="Learn from simulated cases too, as a demonstration does."),
    ] = None,
    language: Language = settings.LANGUAGE_CODE,
) -> None:
    """Learn from what people have filed. Fails, and keeps the model in use, if the new one is worse."""
    with_simulated = settings.DISTRICT_IS_DEMONSTRATION if simulated is None else simulated
    with translation.override(language):
        if not with_simulated:
            console.print(_("Simulated cases are left out; --simulated learns from them too."), markup=False)
        try:
            done = train_categories(
                with_simulated=with_simulated, keep_worse=keep_worse, by=Actor("operator"), at=timezone.now()
            )
        except DomainError as refusal:
            console.print(str(refusal), style="red", markup=False)
            raise typer.Exit(1) from refusal
        _show(done, language=language)
        if not done.is_kept:
            console.print(_("The new model is worse than the one in use, which stays."), style="red", markup=False)
            raise typer.Exit(1)


@app.command("suggest")
def suggest_for(
    text: Annotated[str, typer.Argument(help="What somebody wrote.")], *, language: Language = settings.LANGUAGE_CODE
) -> None:
    """Show what would be suggested for a text, and why."""
    with translation.override(language):
        kept = kept_model()
        source = _("The model of %(day)s.") % {"day": str(kept.manifest["trained_at"])[:10]} if kept else ""
        console.print(source or _("No model yet: the catalogue's own words."), markup=False)
        offered = suggest(text)
        if not offered:
            console.print(_("Nothing in this text points to a category."), markup=False)
        for found in offered:
            share = f"{found.share:4.0%}" if found.share is not None else "   –"
            words = ", ".join(found.because)
            line = f"{share}  {found.entry.trailed(language)}  {found.entry.code}  {words}"
            console.print(line, markup=False)


@app.command()
def measure(*, language: Language = settings.LANGUAGE_CODE) -> None:
    """Show how often people filed under what was suggested to them."""
    with translation.override(language):
        table = Table(_("Suggested by"), _("Filed"), _("First"), _("Among three"), _("None"), _("By confidence"))
        rows = usefulness()
        if not rows:
            console.print(_("Nobody has filed a case yet to which something was suggested."), markup=False)
            return
        for row in rows:
            words = [f"{word} {right}/{said}" for word, (right, said) in row.chosen_by_confidence.items()]
            numbers = (str(row.filed), _share(row.first, row.filed), _share(row.among, row.filed), str(row.none))
            table.add_row(escape(row.by), *numbers, ", ".join(words))
        console.print(table)


def _show(done: Trained, *, language: str) -> None:
    text = _(
        "%(learned)d texts learned, %(held)d held out; %(categories)d categories filed so far, %(terms)d terms, "
        "%(size)d KB."
    )
    sizes = {"learned": done.learned, "held": done.held_out, "size": done.size // 1024}
    console.print(text % {**sizes, "categories": done.categories, "terms": done.terms}, markup=False)
    table = Table("", _("First"), _("Among three"), _("Off by"))
    table.add_row(_("The new model"), *_grade(done.new))
    if done.before:
        table.add_row(_("The one in use"), *_grade(done.before))
    table.add_row(_("The catalogue's own words"), *_grade(done.plain)[:2], "–")
    console.print(table)
    groups = Table(_("Group"), _("Held out"), _("First"))
    for group in done.new.groups:
        entry = catalogue().by_code.get(group.group)
        name = entry.named(language) if entry else group.group
        groups.add_row(escape(name), str(group.tried), _share(group.right, group.tried))
    console.print(groups)


def _grade(grade: Grade) -> tuple[str, str, str]:
    return f"{grade.accuracy:.1%}", f"{grade.top_three:.1%}", f"{grade.calibration_error:.1%}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "–"
