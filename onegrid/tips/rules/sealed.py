"""What a sealed message must look like from outside: an age file of one of a few sizes."""

import re
from typing import Final

HEADER: Final = b"age-encryption.org/v1\n-> X25519 "
CLASSES: Final = (4096, 16384, 65536)  # bytes of a message before it is sealed
OVERHEAD: Final = 16  # bytes of a block's tag; a block is 64 KiB
STANZA: Final = 200  # bytes that a recipient adds at most
HEAD: Final = 256  # bytes of the rest of the header, and the nonce

_PUBLIC_KEY = re.compile(r"age1[02-9ac-hj-np-z]{58}")
_HASH = re.compile(r"[0-9a-f]{64}")


def is_public_key(text: str) -> bool:
    """Tell whether a text can be the public key of an X25519 pair, as age writes it."""
    return bool(_PUBLIC_KEY.fullmatch(text))


def is_hash(text: str) -> bool:
    """Tell whether a text can be 32 bytes in hexadecimal digits."""
    return bool(_HASH.fullmatch(text))


def is_sealed(body: bytes, *, recipients: int) -> bool:
    """
    Tell whether bytes can be a message sealed to so many, padded as it must be.

    Whether they are really encrypted cannot be told; what a browser of ours makes passes, plain text does not.
    """
    header = body.find(b"\n--- ")
    rest = len(body) - header - len("\n--- ") - 43 - 1 - 16  # less its seal in base64, a line's end and the nonce
    fits = any(rest == size + OVERHEAD * -(-size // 65536) for size in CLASSES)
    return body.startswith(HEADER) and 0 < header < HEAD + STANZA * recipients and fits
