"""This installation: its home, its secret key, its database, and Django on top of them."""

import fcntl
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import django
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import make_conninfo

from config.backup.place import UNFINISHED
from config.settings import environment as env
from onegrid.core.postgres.databases import ensure_database, ensure_schema, require_version, wait_for
from onegrid.core.postgres.errors import AlreadyInUseError, PostgresError
from onegrid.core.postgres.programs import SETTING
from onegrid.core.postgres.server import Server, running, url_of

ROOT = Path(__file__).parents[2]
DATABASE = "onegrid"
PATIENCE = 300  # seconds for a server elsewhere to come up, which may be another machine after a power cut
NO_DATABASE = "postgresql://nowhere.invalid/onegrid"  # enough for a command that only explains itself


def home() -> Path:
    """Return the folder that holds everything this installation keeps."""
    return env.folder("ONEGRID_HOME", ROOT / "var")


def made_home() -> Path:
    """
    Return the same folder, made unless it is there.

    :raises ImproperlyConfigured: if it cannot be.
    """
    folder = home()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = f"The folder {folder} cannot be written to: {error.strerror}."
        message = f"{why} Give it away, or choose an ONEGRID_HOME."
        raise ImproperlyConfigured(message) from error
    return folder


def demonstration_notes() -> Path:
    """Return the file that says with which accounts a demonstration can be tried."""
    return home() / "run" / "demonstration.json"


def external_url() -> str:
    """Return the address of somebody else's server, if this installation uses one."""
    return env.text("ONEGRID_DATABASE_URL", "")


def server() -> Server:
    """Return the embedded server of this home, not started."""
    programs = env.text(SETTING, "")
    return Server(home(), programs=Path(programs) if programs else None)


def secret_key() -> str:
    """Return the key that signs sessions and links; it is made at the first start and then stays."""
    if given := env.text("ONEGRID_SECRET_KEY", ""):
        return given
    file = made_home() / "secret_key"
    if not file.exists():
        draft = file.with_name(f"secret_key.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as target:
            target.write(secrets.token_urlsafe(48))
        draft.rename(file)
    return file.read_text(encoding="ascii").strip()


def environment(url: str) -> dict[str, str]:
    """Return what a process of this installation finds in its environment."""
    return {
        "DJANGO_SETTINGS_MODULE": env.text("DJANGO_SETTINGS_MODULE", "config.settings.production"),
        "ONEGRID_HOME": str(home()),
        "ONEGRID_SECRET_KEY": secret_key(),
        "ONEGRID_DATABASE_URL": url,
    }


def load_django(*, url: str) -> None:
    """Make models importable in this process."""
    os.environ.update(environment(url))
    django.setup()


def ensure_ready(url: str) -> int:
    """Make sure that the server is one we can use and has a place for our tables. Return its version number."""
    version = require_version(url)
    ensure_schema(url, env.text("ONEGRID_SCHEMA", "onegrid"))
    return version


def ensure_embedded_database() -> None:
    """Create our database in the embedded server unless it is there."""
    ensure_database(url_of(home(), database="postgres"), DATABASE)


@contextmanager
def opened(*, waits: bool = False) -> Iterator[None]:
    """Make database and Django ready for the time of one command, which may wait for a server elsewhere."""
    refuse_unfinished(home())
    if waits and (url := external_url()):
        _wait_patiently(url)
    with database(home()) as url:
        ensure_ready(url)
        load_django(url=url)
        yield


def _wait_patiently(url: str) -> None:
    """Wait for a server elsewhere, and say at once what for: it may be a password that is wrong."""
    try:
        wait_for(url, seconds=0)
    except PostgresError as error:
        print(f"{error} Waiting for it, {PATIENCE // 60} minutes at most.", file=sys.stderr, flush=True)  # noqa: T201
        wait_for(url, seconds=PATIENCE)


@contextmanager
def database(home: Path) -> Iterator[str]:
    """Give the address of the database, which is running for the time of one command."""
    if url := external_url():
        yield url
        return
    programs = env.text(SETTING, "")
    with running(home, programs=Path(programs) if programs else None) as url:
        wait_for(make_conninfo(url, dbname="postgres"))
        ensure_embedded_database()
        yield url


def refuse_unfinished(home: Path) -> None:
    """
    Start nothing on a home into which a backup was only half brought back.

    :raises PostgresError: if it is one.
    """
    if (home / UNFINISHED).exists():
        message = f"A restore into {home} was interrupted. Run `onegrid restore` again; it begins anew by itself."
        raise PostgresError(message)


@contextmanager
def alone(home: Path) -> Iterator[IO[str]]:
    """
    Hold this home for ourselves.

    :raises AlreadyInUseError: if an `onegrid up` does.
    """
    try:
        file = (home / "up.lock").open("a+")
    except OSError as error:
        message = f"The folder {home} cannot be written to: {error.strerror}. Give it away, or choose an ONEGRID_HOME."
        raise PostgresError(message) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = f"process {file.read().strip()}"
            message = f"OneGrid is running on {home} already ({holder}). Stop it, or choose another ONEGRID_HOME."
            raise AlreadyInUseError(message) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield file
