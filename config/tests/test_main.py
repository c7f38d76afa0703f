"""The command line says what an operator can mend in a line, and leaves a trace of what nobody foresaw."""

from contextlib import nullcontext
from importlib import import_module

import psycopg
import pytest
from django.db import ProgrammingError

command_line = import_module("config.cli.main")  # the package has a function of that name


def fail_with(monkeypatch, cause):
    def run(**_):
        raise ProgrammingError from cause

    monkeypatch.setattr(command_line.sys, "argv", ["onegrid", "categories", "train"])
    monkeypatch.setattr(command_line.installation, "opened", lambda **_: nullcontext())
    monkeypatch.setattr(command_line, "build", lambda _wanted: run)


@pytest.mark.parametrize("cause", [psycopg.errors.UndefinedTable(), psycopg.errors.UndefinedColumn()])
def test_says_that_a_database_without_the_tables_of_this_version_is_to_be_prepared(cause, monkeypatch, capsys):
    fail_with(monkeypatch, cause)

    with pytest.raises(SystemExit) as ended:
        command_line.main()

    assert ended.value.code == 1
    assert "onegrid prepare" in capsys.readouterr().err


def test_hides_no_other_fault_of_ours(monkeypatch):
    fail_with(monkeypatch, psycopg.errors.SyntaxError())

    with pytest.raises(ProgrammingError):
        command_line.main()
