"""The API's description, as programs read it."""

import json

from config.api import openapi


def page() -> str:
    """Return the OpenAPI document."""
    return json.dumps(openapi(), ensure_ascii=False, indent=2) + "\n"
