"""How the tests of Open311 ask: addresses, keys, answers read back, and the published examples of other cities."""

import json
import os
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.utils.timezone import now

from onegrid.accounts.actions.create_api_key import create_api_key

ROOT = "/open311/v2"
EXAMPLES = Path(os.environ.get("ONEGRID_TEST_OPEN311") or Path(__file__).parents[4] / "shared/data/open311")
needs_examples = pytest.mark.skipif(
    not EXAMPLES.exists(), reason=f"the examples of other cities are absent: {EXAMPLES}"
)


def key_of(user, *scopes):
    at = now()
    chosen = list(scopes or ["cases:report"])
    return create_api_key(name="test", scopes=chosen, expires_at=at + timedelta(days=1), by=user, at=at)[1]


def show(client, path, *, language="en", **query):
    """Ask for an address as JSON and return what it answers."""
    response = client.get(f"{ROOT}/{path}.json", query, headers={"Accept-Language": language})
    assert response.status_code == 200, response.text
    return response.json()


def show_xml(client, path, **query):
    """Ask for an address as XML and return the root of what it answers."""
    response = client.get(f"{ROOT}/{path}.xml", query, headers={"Accept-Language": "en"})
    assert response.status_code == 200, response.text
    return ElementTree.fromstring(response.content)  # noqa: S314  # what we have written ourselves


def numbers(answer):
    return [shown["service_request_id"] for shown in answer]


def example(name):
    """Return a published example: JSON read, XML as its root element without the lines of HTTP before it."""
    text = (EXAMPLES / name).read_text(encoding="utf8")
    if name.endswith("json"):
        return json.loads(text)
    return ElementTree.fromstring(text[text.index("<?xml") :].encode())  # noqa: S314  # the published example
