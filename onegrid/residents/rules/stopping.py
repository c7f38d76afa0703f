"""The link in a mail by which somebody ends these mails with one press; it names nobody."""

from uuid import UUID

from django.core.signing import BadSignature, Signer

STOP = "/my/stop/"  # a page of the portal
_SIGNER = Signer(salt="onegrid.residents.stop", sep=".")  # a colon may end a link in a mail program


def stop_path(account_id: UUID) -> str:
    """Return the address under which the owner of an account ends its mails."""
    return f"{STOP}{_SIGNER.sign(account_id.hex)}/"


def account_of_stop(token: str) -> UUID | None:
    """Return which account a link to stop belongs to; nothing where it is none of ours."""
    try:
        return UUID(_SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None
