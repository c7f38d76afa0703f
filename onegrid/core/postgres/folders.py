"""
Where the embedded server keeps its data and its socket.

Normally both lie under the installation's home. Two things can forbid that: a
home that the server's user cannot enter (root's own folders), and a home whose
path is too long for a Unix socket. Then a shelter outside holds them, and a
symbolic link in the home points there.
"""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from onegrid.core.postgres.account import Account, account_for
from onegrid.core.postgres.errors import PostgresError

SHELTER = Path("/var/lib/onegrid")
SOCKET_NAME = "/.s.PGSQL.5432"
LONGEST_SOCKET = 107 if os.uname().sysname == "Linux" else 103  # bytes of sockaddr_un.sun_path, without its end


@dataclass(frozen=True)
class Folders:
    """The places of one server."""

    root: Path
    data: Path
    socket: Path

    @property
    def data_major(self) -> int | None:
        """The major version that wrote the data, or none before the first start."""
        version = self.data / "PG_VERSION"
        return int(version.read_text(encoding="ascii").split(".")[0]) if version.exists() else None


def folders_of(home: Path) -> Folders:
    """Return where the server of this home keeps things, without touching anything."""
    root = (home / "postgres").resolve()
    return Folders(root=root, data=root / "data", socket=_socket_folder(root))


def prepare_folders(home: Path, *, shelter: Path) -> tuple[Folders, Account]:
    """
    Make the folders and return them with the user that owns them.

    :raises PostgresError: if they belong to somebody else.
    """
    home.mkdir(parents=True, exist_ok=True)
    link = home / "postgres"
    account = account_for(link)
    if not link.exists() and account.is_another and not account.can_enter(home.resolve()):
        if not shelter.exists():
            shelter.mkdir(parents=True)
            shelter.chmod(0o755)  # whatever the umask: the other user goes through it
        room = Path(tempfile.mkdtemp(prefix="home-", dir=shelter))
        link.unlink(missing_ok=True)  # one that leads nowhere
        link.symlink_to(room)
    folders = folders_of(home)
    for folder in (folders.root, folders.socket):
        _refuse_foreign(folder, account)
        account.own(folder)
    return folders, account


def _socket_folder(root: Path) -> Path:
    near = root / "socket"
    if len(os.fsencode(near)) + len(SOCKET_NAME) <= LONGEST_SOCKET:
        return near
    # The path is fixed, not TMPDIR's: every process of this home has to find it.
    return Path("/tmp", f"onegrid-{hashlib.sha256(os.fsencode(root)).hexdigest()[:16]}")  # noqa: S108  # owner checked


def _refuse_foreign(folder: Path, account: Account) -> None:
    if not folder.exists():
        return
    owner = folder.lstat().st_uid
    if owner not in ({0, account.uid} if account.is_another else {account.uid}):
        message = (
            f"{folder} belongs to user number {owner}, but the database would run as {account.name}."
            " Start as that user or as root, choose another ONEGRID_HOME, or give the folder away with chown."
        )
        raise PostgresError(message)
