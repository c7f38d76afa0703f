"""
The keys anyone may have, and the checkpoints this machine has noted.

They lie in `keys` under the installation's home: `audit.pub` lists every public
key that has ever signed, one PEM block after the other; beside it stands one
file of checkpoints per schema.
"""

import re
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.conf import settings
from django.utils.translation import gettext as _

from onegrid.core.errors import InvalidInputError
from onegrid.oversight.rules.checkpoints import Checkpoint, noted

_BLOCK = re.compile(r"-----BEGIN PUBLIC KEY-----.*?-----END PUBLIC KEY-----", re.DOTALL)


class NoPublicKeyError(InvalidInputError):
    """There is no Ed25519 public key where one was expected."""


def folder() -> Path:
    """Return where this installation keeps the keys of its trail."""
    return Path(settings.HOME) / "keys"


def public_key_file() -> Path:
    """Return the file of public keys to hand out."""
    return folder() / "audit.pub"


def checkpoint_file() -> Path:
    """Return the file in which this machine notes each seal it has made."""
    return folder() / f"audit.{settings.SCHEMA}.checkpoints"


def public_keys(path: Path) -> list[Ed25519PublicKey]:
    """
    Return the public keys in a PEM file.

    :raises NoPublicKeyError: if there is none, or something else.
    """
    try:
        keys = [load_pem_public_key(block.encode()) for block in _BLOCK.findall(path.read_text(encoding="utf8"))]
    except (OSError, ValueError, UnsupportedAlgorithm):
        keys = []
    ours = [key for key in keys if isinstance(key, Ed25519PublicKey)]
    if not ours or len(ours) != len(keys):
        raise NoPublicKeyError(_("%(path)s holds no public key of a trail.") % {"path": path})
    return ours


def checkpoints(path: Path) -> list[Checkpoint]:
    """Return the checkpoints noted in a file; none if there is no file."""
    return list(noted(path.read_text(encoding="utf8"))) if path.exists() else []
