"""The schema of a mapping file for past cases, made from the classes that read it."""

import json

from onegrid.exchange.public import mapping_schema


def page() -> str:
    """Write the schema."""
    return json.dumps(mapping_schema(), indent=2, ensure_ascii=False) + "\n"
