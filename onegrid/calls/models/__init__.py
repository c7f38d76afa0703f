"""Calls to the public."""

from onegrid.calls.models.public_call import PublicCall

__all__ = ["PublicCall"]
