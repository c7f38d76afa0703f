"""The embedded server on its good and its bad days."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from onegrid.core.postgres.databases import ensure_database
from onegrid.core.postgres.errors import AlreadyInUseError, PostgresError
from onegrid.core.postgres.folders import folders_of
from onegrid.core.postgres.programs import find_programs
from onegrid.core.postgres.server import Server, running, url_of
from onegrid.core.processes import is_alive
from tests.operation.running import wait_for

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("server")]
ROOT = Path(__file__).parents[2]
SYSTEM_PYTHON = Path("/usr/bin/python3")
KEEP_RUNNING = """
import sys, time
from pathlib import Path
from onegrid.core.postgres.server import Server
server = Server(Path(sys.argv[1]), programs=Path(sys.argv[2]))
server.start()
print(server.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def started(server):
    server.start()
    yield server
    server.stop()


def ask(home, sql, database="postgres"):
    with psycopg.connect(url_of(home, database=database)) as connection:
        return connection.execute(sql).fetchone()[0]


def keep_running(home, *, python=sys.executable, **options):
    process = subprocess.Popen(
        [python, "-c", KEEP_RUNNING, home, find_programs().folder],
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]},
        cwd="/",
        stdout=subprocess.PIPE,
        text=True,
        **options,
    )
    return process, int(process.stdout.readline())


def test_listens_on_a_private_socket_only(started):
    assert ask(started.home, "SHOW listen_addresses") == ""
    assert folders_of(started.home).socket.stat().st_mode & 0o777 == 0o700


def test_keeps_checksums_and_knows_chinese_letters(started):
    assert ask(started.home, "SHOW data_checksums") == "on"
    assert ask(started.home, "SELECT '井' ~ '^[[:alpha:]]$'")


def test_never_runs_as_root(started):
    assert Path(f"/proc/{started.pid}").stat().st_uid != 0


def test_stops_without_a_trace(server):
    server.start()
    pid = server.pid

    server.stop()

    assert not is_alive(pid)
    assert not (folders_of(server.home).data / "postmaster.pid").exists()


def test_recovers_what_was_committed_when_killed(server):
    server.start()
    ensure_database(url_of(server.home, database="postgres"), "kept")
    with psycopg.connect(url_of(server.home, database="kept")) as connection:
        connection.execute("CREATE TABLE line (text text)")
        connection.execute("INSERT INTO line VALUES ('kept')")
    os.kill(server.pid, signal.SIGKILL)
    wait_for(lambda: server.pid is None)

    server.start()

    assert ask(server.home, "SELECT text FROM line", database="kept") == "kept"
    server.stop()


def test_starts_over_the_note_of_a_process_that_is_somebody_else_now(server):
    server.start()
    server.stop()
    data = folders_of(server.home).data
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n1\n5432\n\n\n\nready\n")

    server.start()

    assert ask(server.home, "SELECT 1") == 1
    server.stop()


def test_belongs_to_one_process_at_a_time(started):
    with pytest.raises(AlreadyInUseError, match="Another process"):
        Server(started.home).start()


def test_serves_a_command_while_another_process_keeps_it_running(started):
    with running(started.home):
        assert ask(started.home, "SELECT 1") == 1

    assert started.pid


def test_makes_its_data_anew_after_it_was_interrupted_doing_so(home):
    server = Server(home / "interrupted")
    draft = folders_of(server.home).root / "draft"
    draft.mkdir(parents=True, exist_ok=True)
    (draft / "half").touch()

    server.start()

    assert not draft.exists()
    server.stop()


def test_says_which_version_the_data_needs(server):
    server.start()
    server.stop()
    version = folders_of(server.home).data / "PG_VERSION"
    kept = version.read_text()
    version.write_text("99\n")

    with pytest.raises(PostgresError, match="written by PostgreSQL 99"):
        server.start()

    version.write_text(kept)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_ends_when_the_process_that_started_it_is_killed(server):
    parent, pid = keep_running(server.home)

    parent.kill()

    parent.communicate()
    wait_for(lambda: not is_alive(pid))


def test_fits_a_long_path_into_a_short_socket(home):
    server = Server(home / ("long" * 30))

    server.start()

    assert ask(server.home, "SELECT 1") == 1
    server.stop()
    shutil.rmtree(folders_of(server.home).socket)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's folders are closed to the database's user")
def test_finds_shelter_when_root_keeps_its_home_closed(open_folder):
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    server = Server(closed / "home")
    server.shelter = open_folder / "shelter"

    server.start()

    assert ask(server.home, "SELECT 1") == 1
    assert (closed / "home" / "postgres").resolve().parent == server.shelter
    server.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="takes root to become somebody else")
def test_runs_as_an_ordinary_user(open_folder):
    if not SYSTEM_PYTHON.exists() or not os.access(ROOT, os.X_OK) or "root" in ROOT.parts:
        pytest.skip("there is no Python here that another user may start")
    home = open_folder / "home"
    home.mkdir()
    os.chown(home, 65534, 65534)

    parent, pid = keep_running(home, python=SYSTEM_PYTHON, user=65534, group=65534, extra_groups=[])

    assert Path(f"/proc/{pid}").stat().st_uid == 65534
    parent.terminate()
    parent.communicate()
    wait_for(lambda: not is_alive(pid))
