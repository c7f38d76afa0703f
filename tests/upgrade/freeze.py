"""
Freeze this version's data as a backup that later versions are tested against.

    python -m tests.upgrade.freeze

Run it at each release and commit what it writes. The data is simulated and made
by the code itself: the Ouhai pack, a few cases played to where their stories end,
the trail sealed. No key is in it. Never write a frozen file anew later: that it is
old is what it is good for.
"""

import os
import shutil
import tarfile
import tempfile
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from config.cli import installation
from config.translations.catalogs import compile_messages

FOLDER = Path(__file__).parent
LARGEST = 300_000  # bytes
CASES = 12


def frozen():
    """Return every frozen version, oldest first."""
    return sorted(FOLDER.glob("*.tar.xz"), key=lambda path: [int(part) for part in path.name.split(".")[:3]])


def thawed(file, folder):
    """Unpack a frozen backup and return where it lies."""
    with tarfile.open(file) as packed:
        # Python before 3.11.4, which Debian 12 has, knows no filter, and what is unpacked here is our own.
        packed.extraction_filter = getattr(tarfile, "data_filter", None)
        packed.extractall(folder)  # noqa: S202
    return folder / "backup"


def fill(backup):
    """Make a small district with the actions that everybody uses, and back it up."""
    from config.backup import rows, taking  # noqa: PLC0415  # Django is ready only now
    from config.preparation import tables  # noqa: PLC0415

    packs, demonstration = import_module("onegrid.packs.public"), import_module("onegrid.demonstration.public")
    oversight, pictures = (
        import_module("onegrid.oversight.public"),
        import_module("onegrid.demonstration.rules.pictures"),
    )
    pictures.SIZE = (160, 460)  # a strip of the street is photo enough
    now = datetime.now(UTC)
    tables.migrate(lambda *_: None)
    packs.load_pack(path=installation.ROOT / "packs/ouhai", by=oversight.Actor("freezer"), at=now, demonstration=True)
    demonstration.simulate_cases(at=now, count=CASES)
    oversight.seal_entries(at=now)
    oversight.seal_entries(at=now)
    rows.LEVEL = 0  # what is packed already does not pack well
    taking.take(backup, at=now, with_secrets=False, step=lambda _: lambda *_: None)


def freeze():
    file = FOLDER / f"{version('onegrid')}.tar.xz"
    assert not file.exists(), f"{file} is frozen already"
    compile_messages()
    home = Path(tempfile.mkdtemp(prefix="onegrid-freeze-"))
    home.chmod(0o755)
    os.environ["ONEGRID_HOME"] = str(home)
    try:
        with installation.opened():
            fill(home / "backup")
        with tarfile.open(file, "w:xz", preset=9) as packed:
            packed.add(home / "backup", "backup")
    finally:
        shutil.rmtree(installation.server().home / "postgres", ignore_errors=True)
        shutil.rmtree(home)
    assert file.stat().st_size < LARGEST, f"{file.stat().st_size} bytes are too many"


if __name__ == "__main__":
    freeze()
