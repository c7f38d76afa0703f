"""What other apps may use of packs."""

from onegrid.accounts.public import DEMONSTRATION_PASSWORD
from onegrid.packs.actions.load_pack import Loaded, NoSuchEditionError, load_pack
from onegrid.packs.readers.checking import FaultyPackError, check_pack, read_pack
from onegrid.packs.readers.demonstration import DemonstrationAccount, demonstration_accounts
from onegrid.packs.readers.folder import facts
from onegrid.packs.rules.pack import Fault

__all__ = [
    "DEMONSTRATION_PASSWORD",
    "DemonstrationAccount",
    "Fault",
    "FaultyPackError",
    "Loaded",
    "NoSuchEditionError",
    "check_pack",
    "demonstration_accounts",
    "facts",
    "load_pack",
    "read_pack",
]
