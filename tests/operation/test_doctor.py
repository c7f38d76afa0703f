"""`onegrid doctor` names what is wrong and how to mend it."""

import errno
import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from config.cli import doctor
from config.diagnosis import Finding, machine, safety, service, upkeep
from onegrid.core.tasks import rescue_stalled_jobs
from onegrid.core.upkeep import BACKUP_NOTE
from onegrid.oversight.tests.trail import write
from tests.operation.running import ROOT


@pytest.fixture
def diagnosed(tmp_path):
    """Run the doctor, or another command, on a home where nothing was started yet."""

    def run(*words, **settings):
        environment = {"PATH": os.environ["PATH"], "ONEGRID_HOME": str(tmp_path), **settings}
        return subprocess.run(
            [sys.executable, "-m", "config.cli", *(words or ["doctor"])],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_finds_nothing_wrong_before_the_first_start(diagnosed):
    done = diagnosed()

    assert (done.returncode, "Nothing is wrong." in done.stdout) == (0, True), done.stdout + done.stderr


def test_fails_on_a_key_that_others_can_read(diagnosed, tmp_path):
    (tmp_path / "secret_key").write_text("not secret")
    (tmp_path / "secret_key").chmod(0o644)

    done = diagnosed()

    assert done.returncode == 1
    assert f"chmod 600 {tmp_path / 'secret_key'}" in done.stdout.replace("\n", "")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ONEGRID_DATABASE_URL", "hello", "ONEGRID_DATABASE_URL is no address"),
        ("ONEGRID_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/x", "cannot be reached"),
        ("ONEGRID_POSTGRES_BIN", "/nowhere", "No PostgreSQL 15 or newer was found in /nowhere"),
        ("ONEGRID_WEB_WORKERS", "0", "ONEGRID_WEB_WORKERS must be a whole number from 1 on"),
    ],
)
def test_names_the_setting_that_is_wrong(name, value, said, diagnosed):
    done = diagnosed(**{name: value})

    assert (done.returncode, done.stderr) == (1, "")
    assert said in " ".join(done.stdout.split())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ONEGRID_SCHEMA", "A-b"),
        ("ONEGRID_TIME_ZONE", "Mars/Olympus"),
        ("ONEGRID_DEMONSTRATION", "perhaps"),
        ("ONEGRID_DATABASE_CONNECTIONS", "x"),
        ("ONEGRID_UPLOAD_LIMIT_MB", "0"),
    ],
)
def test_every_command_names_the_setting_that_is_wrong(name, value, diagnosed):
    done = diagnosed("pack", "--help", **{name: value})

    assert done.returncode == 1
    assert done.stderr.startswith(name)
    assert "Traceback" not in done.stderr


def test_names_a_setting_that_stops_it_too(diagnosed):
    done = diagnosed(ONEGRID_WEB_THREADS="many")

    assert (done.returncode, done.stderr.startswith("ONEGRID_WEB_THREADS must be")) == (1, True)


def test_names_a_home_that_cannot_be_made(diagnosed):
    done = diagnosed("pack", "--help", ONEGRID_HOME="/proc/onegrid")

    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "choose an ONEGRID_HOME" in done.stderr


def test_notices_a_pack_that_cannot_be_loaded(settings, tmp_path):
    settings.PACK = tmp_path / "gone"

    assert "There is no such folder." in service.pack_files().mend


def test_finds_no_fault_with_the_pack_we_ship():
    assert service.pack_files().mend == ""


def test_notices_a_clock_that_was_set_back(tmp_path):
    file = tmp_path / "up.lock"
    file.touch()
    os.utime(file, (2**32, 2**32))

    assert "Set the clock" in machine.clock(tmp_path).mend


def test_notices_a_database_of_somebody_else(tmp_path):
    (tmp_path / "postgres").mkdir()
    if os.geteuid() == 0:
        os.chown(tmp_path / "postgres", 12345, 12345)
        assert machine.database_owner(tmp_path).mend == ""  # root becomes whoever owns it
    else:
        assert machine.database_owner(tmp_path).said.endswith(f"as user {machine.account_for(tmp_path).name}")


@pytest.mark.parametrize("check", machine.CHECKS, ids=lambda check: check.__name__)
def test_each_check_says_something(check, tmp_path):
    finding = check(tmp_path)

    assert finding.title
    assert finding.said


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


def note_backup(home, *, ago):
    said = {"made_at": (datetime.now(UTC) - ago).isoformat(), "place": "/backups/x"}
    (home / BACKUP_NOTE).write_text(json.dumps(said))


def test_misses_a_backup(home):
    assert "onegrid backup" in upkeep.backup().mend


def test_needs_none_of_a_demonstration(home, settings):
    settings.DISTRICT_IS_DEMONSTRATION = True

    assert upkeep.backup().mend == ""


@pytest.mark.parametrize(("ago", "is_fresh"), [(timedelta(hours=25), True), (timedelta(days=3), False)])
def test_says_how_old_the_backup_is(home, ago, is_fresh):
    note_backup(home, ago=ago)

    finding = upkeep.backup()

    assert finding.said == f"{ago.days * 24 + ago.seconds // 3600} hours old, /backups/x"
    assert (finding.mend == "") == is_fresh


def test_takes_a_note_it_cannot_read_for_none(home):
    (home / BACKUP_NOTE).write_text("{}")

    assert upkeep.backup().said == "none was ever made of this home"


@pytest.mark.django_db
def test_finds_jobs_that_a_dead_worker_has_left():
    rescue_stalled_jobs.defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")

    finding = upkeep.jobs()

    assert finding.said == "0 waiting, 1 stalled, 0 failed"
    assert "A worker died" in finding.mend


@pytest.mark.django_db
def test_finds_jobs_that_have_failed():
    rescue_stalled_jobs.defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")

    assert upkeep.jobs().mend


@pytest.mark.django_db
def test_finds_a_trail_that_nobody_seals(monkeypatch):
    write(3)
    assert (upkeep.trail().said, upkeep.trail().mend) == ("3 entries without a seal", "")
    monkeypatch.setattr(upkeep, "LONGEST_UNSEALED", timedelta(seconds=-60))

    assert "onegrid audit seal" in upkeep.trail().mend


@pytest.mark.django_db
def test_compares_the_clocks(monkeypatch):
    assert upkeep.clocks().mend == ""
    monkeypatch.setattr(upkeep.time, "time", lambda: 0.0)

    assert "time server" in upkeep.clocks().mend


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "advises", "said"),
    [
        (date(2026, 9, 30), False, "known until the end of 2026, where they matter"),
        (date(2026, 10, 1), True, "those of 2027 are not known: office-hours"),
    ],
)
def test_warns_from_october_on_while_next_years_holidays_are_not_known(monkeypatch, day, advises, said):
    monkeypatch.setattr(upkeep, "localdate", lambda: day)

    finding = upkeep.holidays()

    assert (finding.said, finding.mend) == (said, "")
    assert ("chinesecalendar" in finding.advice) == advises


def test_names_a_home_that_the_database_cannot_write_to(monkeypatch, tmp_path):
    (tmp_path / "postgres").mkdir()
    monkeypatch.setenv("ONEGRID_HOME", str(tmp_path))
    monkeypatch.delenv("ONEGRID_DATABASE_URL", raising=False)

    def read_only():
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(doctor.installation, "opened", read_only)

    found = {finding.title: finding for finding in doctor.findings()}
    assert "Read-only file system" in found["Database"].mend


def test_what_is_only_advice_is_no_fault(monkeypatch, capsys):
    monkeypatch.setattr(doctor, "findings", lambda: [Finding("Holidays", "not known", advice="Wait.")])

    doctor.doctor()

    assert capsys.readouterr().out.split() == ["✓", "Holidays", "not", "known", "→", "Wait.", "Nothing", "is", "wrong."]


@pytest.mark.django_db
@pytest.mark.parametrize(("running", "said"), [(True, "no background worker is alive"), (False, "not started")])
def test_misses_a_worker_only_where_something_runs(running, said):
    findings = {finding.title: finding for finding in service.readiness_findings(running=running)}

    assert findings["Worker"].said == said
    assert bool(findings["Worker"].mend) == running


STRONG = "kT9f-uQ2xV7bLmZ0pR4sWcYhJ8dGnE1aKo6tXvB3iNqUy5"


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({"DEBUG": True}, "Debugging"),
        ({"SECRET_KEY": "short"}, "Secret"),
        ({"SECRET_KEY": "x" * 60}, "Secret"),
        ({"ALLOWED_HOSTS": ["*"], "BEHIND_TLS": True}, "Names"),
        ({"ALLOWED_HOSTS": ["grid.example.org"]}, "TLS"),
        ({"BEHIND_TLS": True, "CSRF_TRUSTED_ORIGINS": ["http://grid.example.org"]}, "TLS"),
        ({"METRICS_TOKEN": "guess"}, "Figures"),
    ],
)
def test_finds_settings_that_are_unsafe(settings, changes, title):
    settings.SECRET_KEY, settings.ALLOWED_HOSTS, settings.BEHIND_TLS = STRONG, ["localhost"], False
    assert [finding.title for finding in safety.findings() if finding.mend] == []
    for name, value in changes.items():
        setattr(settings, name, value)

    assert [finding.title for finding in safety.findings() if finding.mend] == [title]


def test_lets_a_demonstration_be_open(settings):
    settings.SECRET_KEY, settings.ALLOWED_HOSTS, settings.DISTRICT_IS_DEMONSTRATION = STRONG, ["*"], True

    assert [finding.title for finding in safety.findings() if finding.mend] == []
