"""Write the reference that is generated from the code: `python -m config.documents`, part of `make docs`."""

import json
import os
from pathlib import Path

import django

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"


def openapi_text() -> str:
    """Return the description of the API as it is committed."""
    from config.api import openapi  # noqa: PLC0415 — Django must be set up first

    return json.dumps(openapi(), ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Write everything."""
    os.environ.setdefault("ONEGRID_SECRET_KEY", "only-for-documents")
    os.environ.setdefault("ONEGRID_DATABASE_URL", "postgresql://")  # described, not connected to
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
    django.setup()
    REFERENCE.mkdir(parents=True, exist_ok=True)
    (REFERENCE / "openapi.json").write_text(openapi_text(), encoding="utf8")


if __name__ == "__main__":
    main()
