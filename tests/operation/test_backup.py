"""`onegrid backup` and `onegrid restore`, as an operator meets them on a good day and on a bad one."""

import gzip
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys

import psycopg
import pytest

from config.backup import taking
from onegrid.core.postgres.databases import ensure_database
from onegrid.core.postgres.server import url_of
from tests.operation.running import ROOT, wait_for
from tests.upgrade.freeze import frozen, thawed

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("backup")]

WRITE = """
from config.cli import installation
installation.opened().__enter__()
import itertools
from django.utils import timezone
from onegrid.core.ids import new_id
from onegrid.cases.public import Channel
from onegrid.dispatch.public import ReportedCase, report_case
from onegrid.geography.public import Area
grid = Area.objects.filter(level="grid").first()
ring = grid.outline["coordinates"][0]
ring = ring[0] if isinstance(ring[0][0], list) else ring
lon, lat = (sum(point[axis] for point in ring) / len(ring) for axis in (0, 1))
print("writing", flush=True)
for number in itertools.count():
    reported = report_case(
        report=ReportedCase(id=new_id(), text=f"备份期间上报 {number}", x=lon, y=lat),
        channel=Channel.PORTAL, by=None, at=timezone.now(),
    )
    print(reported.receipt.number, flush=True)
"""
HALVES = """
SELECT (SELECT count(*) FROM {0}.cases_case),
  (SELECT count(*) FROM {0}.cases_case c
    WHERE status <> 'merged' AND NOT EXISTS (SELECT FROM {0}.cases_report r WHERE r.case_id = c.id)),
  (SELECT count(*) FROM {0}.cases_case c
    WHERE NOT EXISTS (SELECT FROM {0}.cases_timelineentry t WHERE t.case_id = c.id))
"""
SHAPE = """
SELECT array_agg(thing ORDER BY thing) FROM (
  SELECT 'index ' || relname FROM pg_class WHERE relkind = 'i' AND relnamespace = '{0}'::regnamespace
  UNION ALL SELECT 'constraint ' || conname || contype::text FROM pg_constraint WHERE connamespace = '{0}'::regnamespace
  UNION ALL SELECT 'trigger ' || tgname || tgenabled::text FROM pg_trigger JOIN pg_class class ON class.oid = tgrelid
    WHERE NOT tgisinternal AND relnamespace = '{0}'::regnamespace
) found(thing)
"""


class Place:
    """A home with a schema of its own, in one server for all of them."""

    def __init__(self, home, url, *, schema, environment):
        self.home, self.url, self.schema = home, url, schema
        self.environment = environment | {
            "ONEGRID_HOME": str(home),
            "ONEGRID_DATABASE_URL": url,
            "ONEGRID_SCHEMA": schema,
        }

    def start(self, *words):
        return subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def onegrid(self, *words):
        process = self.start("-m", "config.cli", *map(str, words))
        said, _ = process.communicate(timeout=180)
        return process.returncode, said

    def asked(self, query, *values):
        with psycopg.connect(self.url) as connection:
            return connection.execute(query.format(self.schema), values).fetchone()

    def schemas(self):
        """Return every schema that has anything to do with this place's."""
        with psycopg.connect(self.url) as connection:
            found = connection.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE %s", [f"{self.schema}%"])
            return [name for (name,) in found]

    def is_untouched(self):
        left = {entry.name for entry in self.home.iterdir()} - {"up.lock"} if self.home.exists() else set()
        return (left, self.schemas()) == (set(), [])


@pytest.fixture(scope="module")
def place(server, environment, home):
    """Make a place that nobody has used."""
    server.start()
    ensure_database(url_of(server.home, database="postgres"), "backups")
    url = url_of(server.home, database="backups")

    def make(name):
        return Place(home / name, url, schema=name, environment=environment)

    yield make
    server.stop()


@pytest.fixture(scope="module")
def frozen_backup(tmp_path_factory):
    """The oldest backup there is, unpacked."""
    return thawed(frozen()[0], tmp_path_factory.mktemp("frozen"))


@pytest.fixture(scope="module")
def source(place, frozen_backup):
    """An installation in which something has happened."""
    made = place("ouhai")
    code, said = made.onegrid("restore", frozen_backup)
    assert code == 0, said
    return made


@pytest.fixture(scope="module")
def made(source, home):
    """A backup of it that was made while cases were being written, and the last of those before it."""
    writer = source.start("-c", WRITE)
    target = home / "backups" / "first"
    try:
        assert writer.stdout.readline().strip() == "writing", writer.stdout.read()
        last = [writer.stdout.readline().strip() for _ in range(3)][-1]
        code, said = source.onegrid("backup", target)
    finally:
        writer.kill()
        writer.communicate()
    assert code == 0, said
    return target, last


@pytest.fixture
def copied(made, tmp_path):
    """A copy of the backup to do harm to."""
    return shutil.copytree(made[0], tmp_path / "copy")


def manifest_of(backup):
    return json.loads((backup / "manifest.json").read_text())


def rewrite(backup, **changes):
    (backup / "manifest.json").write_text(json.dumps(manifest_of(backup) | changes))


def replace_rows(backup, table, change):
    """Change the rows of a table as somebody does who makes every hash right again."""
    manifest = manifest_of(backup)
    entry = next(entry for entry in manifest["tables"] if entry["name"] == table)
    path = backup / entry["part"]["path"]
    path.write_bytes(gzip.compress(change(gzip.decompress(path.read_bytes()))))
    entry["part"] |= {"size": path.stat().st_size, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    rewrite(backup, tables=manifest["tables"])


def test_comes_back_whole_under_another_name(made, place, source):
    backup, last = made
    target = place("lucheng")

    code, said = target.onegrid("restore", backup)

    assert code == 0, said
    cases, unreported, untold = target.asked(HALVES)
    rows = {table["name"]: table["rows"] for table in manifest_of(backup)["tables"]}
    assert (cases, unreported, untold) == (rows["cases_case"], 0, 0)
    assert target.asked("SELECT count(*) FROM {}.cases_case WHERE number = %s", last) == (1,)
    assert target.onegrid("audit", "verify")[0] == 0
    assert (target.home / "keys" / "audit.lucheng.checkpoints").exists()
    assert target.schemas() == ["lucheng"]
    assert target.asked(SHAPE) == source.asked(SHAPE)
    code, said = target.onegrid("backup", target.home / "again")
    assert code == 0, said


def test_the_source_has_gone_on_meanwhile(made, source):
    rows = {table["name"]: table["rows"] for table in manifest_of(made[0])["tables"]}

    assert source.asked(HALVES)[0] > rows["cases_case"]


def test_only_its_owner_can_read_it(made):
    modes = {path.stat().st_mode & 0o077 for path in (made[0], *made[0].rglob("*"))}

    assert modes == {0}


def test_holds_no_sign_in_and_says_what_it_holds(made):
    manifest = manifest_of(made[0])

    names = {table["name"] for table in manifest["tables"]}
    assert not names & {"django_session", "core_cache"}
    assert {"cases_case", "oversight_entry", "oversight_seal", "accounts_user"} <= names
    assert manifest["secret_key"] == taking.INCLUDED
    assert {part["path"] for part in manifest["home"]} >= {"home/secret_key", "home/keys/audit.pub"}


def test_leaves_the_keys_out_when_asked(source, home):
    target = home / "backups" / "without"

    code, said = source.onegrid("backup", target, "--no-secrets")

    assert code == 0, said
    assert [part["path"] for part in manifest_of(target)["home"] if part["path"].endswith(("_key", ".key"))] == []


def test_never_overwrites(source, made):
    (made[0] / "manifest.json").touch()
    code, said = source.onegrid("backup", made[0] / "manifest.json")

    assert (code, "exists already" in said) == (1, True)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda backup: flip(backup / "tables/cases_case.copy.gz"), "tables/cases_case.copy.gz was changed"),
        (lambda backup: cut(backup / "tables/cases_timelineentry.copy.gz"), "bytes, not"),
        (lambda backup: (backup / "tables/cases_report.copy.gz").unlink(), "cases_report.copy.gz is missing"),
        (lambda backup: flip(some_file(backup)), "was changed"),
        (lambda backup: some_file(backup).unlink(), "is missing"),
        (lambda backup: cut(backup / "files.txt"), "files.txt has"),
        (lambda backup: cut(backup / "manifest.json"), "cannot be understood"),
        (lambda backup: (backup / "manifest.json").unlink(), "is no backup"),
        (lambda backup: rewrite(backup, format=2), "Install a newer OneGrid first"),
        (lambda backup: rewrite(backup, home=[{"path": "../x", "size": 1, "sha256": "0"}]), "cannot be understood"),
    ],
)
def test_a_damaged_one_is_refused_before_anything_is_written(copied, place, harm, said):
    harm(copied)
    target = place("nowhere")

    code, refusal = target.onegrid("restore", copied)

    assert (code, said in refusal.replace("\n", "")) == (1, True), refusal
    assert target.is_untouched()


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda backup: rewrite(backup, migrations=of_the_future(backup)), "made by a newer OneGrid"),
        (lambda backup: replace_rows(backup, "cases_rating", lambda rows: rows), "rows, not"),
        (
            lambda backup: replace_rows(backup, "oversight_entry", lambda rows: rows.replace(b"accept", b"refuse", 1)),
            "The audit trail does not hold",
        ),
    ],
    ids=["newer", "rows that do not add up", "a trail that was tampered with"],
)
def test_what_is_found_later_is_undone(copied, place, harm, said):
    harm(copied)
    rewrite_count(copied, said)
    target = place("undone")

    code, refusal = target.onegrid("restore", copied)

    assert (code, said in refusal) == (1, True), refusal
    assert target.is_untouched()


def test_refuses_a_home_and_a_schema_in_use(made, source, place):
    _code, said = source.onegrid("restore", made[0])
    assert "There is an installation in" in said
    assert "whole:" not in said  # and it did not read the backup before it said so

    other = place("elsewhere")
    other.environment["ONEGRID_SCHEMA"] = source.schema
    code, said = other.onegrid("restore", made[0])

    assert (code, "holds something already" in said) == (1, True), said
    assert source.asked(HALVES)[0] > 0


def test_a_backup_that_is_killed_leaves_nothing_that_looks_like_one(source, home):
    folder = home / "backups"
    process = source.start("-m", "config.cli", "backup", str(folder / "killed"))
    wait_for(lambda: list(folder.glob(".onegrid-backup.*.partial")) or process.poll() is not None)
    process.send_signal(signal.SIGKILL)
    process.communicate()

    assert not (folder / "killed").exists()
    code, said = source.onegrid("backup", folder / "next")
    assert (code, list(folder.glob(".*"))) == (0, []), said


def test_a_restore_that_is_killed_starts_nothing_and_begins_anew(made, place):
    target = place("killed")
    process = target.start("-m", "config.cli", "restore", str(made[0]))
    wait_for(lambda: (target.home / "secret_key").exists() or process.poll() is not None, seconds=60)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()

    code, said = target.onegrid("prepare")
    assert (code, "was interrupted" in said) == (1, True), said
    code, said = target.onegrid("restore", made[0])
    assert (code, target.schemas()) == (0, ["killed"]), said
    assert not (target.home / "restore.unfinished").exists()


def flip(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut(path):
    path.write_bytes(path.read_bytes()[:-7])


def some_file(backup):
    return next(path for path in sorted((backup / "files").rglob("*")) if path.is_file())


def of_the_future(backup):
    migrations = manifest_of(backup)["migrations"]
    return migrations | {"cases": [*migrations["cases"], "0999_of_the_future"]}


def rewrite_count(backup, said):
    """Let the manifest name one rating too many where the rows are not to add up."""
    manifest = manifest_of(backup)
    for table in manifest["tables"]:
        table["rows"] += said == "rows, not" and table["name"] == "cases_rating"
    rewrite(backup, tables=manifest["tables"])
