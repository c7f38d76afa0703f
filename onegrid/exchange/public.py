"""What other apps may use of exchange."""

from onegrid.exchange.actions.import_cases import Imported, import_cases
from onegrid.exchange.rules.mapping import Mapping, UnusableMappingError, mapping_schema, read_mapping
from onegrid.exchange.rules.rows import RowFault

__all__ = [
    "Imported",
    "Mapping",
    "RowFault",
    "UnusableMappingError",
    "import_cases",
    "mapping_schema",
    "read_mapping",
]
