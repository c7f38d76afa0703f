"""`onegrid doctor`: what is wrong with this installation, in plain words, and how to mend it."""

import fcntl
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import typer
from django.core.exceptions import ImproperlyConfigured

from config.cli import installation, report
from config.diagnosis import Finding, machine
from onegrid.core.postgres.errors import PostgresError


def doctor() -> None:
    """Say what is wrong with this installation and how to mend it. Fails if anything is."""
    faults = 0
    for finding in findings():
        if finding.mend:
            faults += 1
            report.failure(f"{finding.title:<{report.WIDTH + 2}} {finding.said}\n    → {finding.mend}")
        elif finding.advice:
            report.line(f"{finding.title:<{report.WIDTH + 2}}", f"{finding.said}\n    → {finding.advice}")
        else:
            report.line(f"{finding.title:<{report.WIDTH + 2}}", finding.said)
    if faults:
        report.console.print(f"\n{faults} to mend.")
        raise typer.Exit(code=1)
    report.console.print("\nNothing is wrong.")


def findings() -> Iterator[Finding]:
    """Run every check, those of the database only where there is one."""
    home = installation.home()
    yield from (check(home) for check in machine.CHECKS)
    if not installation.external_url() and not (home / "postgres").exists():
        yield Finding("Database", "not set up yet; `make run` does it")
        return
    running = is_running(home)
    try:
        with installation.opened():
            yield from _findings_of_service(running=running)
    except (PostgresError, OSError) as error:
        yield Finding("Database", "cannot be used", str(error))
    except ImproperlyConfigured as error:
        yield Finding("Settings", "cannot be used", str(error))


def _findings_of_service(*, running: bool) -> Iterator[Finding]:
    service, upkeep, safety = (
        import_module(f"config.diagnosis.{name}")  # their models exist only now
        for name in ("service", "upkeep", "safety")
    )
    yield from (check() for check in service.CHECKS)
    states = service.readiness_findings(running=running)
    yield from states
    yield from safety.findings()
    if any(state.title == service.TITLES["migrations"] and state.mend for state in states):
        return  # what the rest asks for may not be there
    yield from (check() for check in upkeep.CHECKS)
    if running:
        yield from (check() for check in upkeep.CHECKS_WHILE_RUNNING)


def is_running(home: Path) -> bool:
    """Tell whether an `onegrid up` holds this home; with a PostgreSQL of one's own, take it that others serve it."""
    file = home / "up.lock"
    if installation.external_url():
        return True
    if not file.exists():
        return False
    with file.open() as held:
        try:
            fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
