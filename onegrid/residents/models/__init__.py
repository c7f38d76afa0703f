"""The rows of residents."""

from onegrid.residents.models.account import Account, Code, Visit
from onegrid.residents.models.holding import Holding

__all__ = ["Account", "Code", "Holding", "Visit"]
