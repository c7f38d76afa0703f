"""What programs can rely on: the API is the one we published, and every operation says who may call it."""

import ast
from pathlib import Path

from config.api import openapi
from config.reference import openapi as reference
from onegrid.accounts.rules import Scope
from onegrid.core.api import scopes

ROOT = Path(__file__).parents[2]
OPEN_OPERATIONS = {"public_case"}  # every operation that asks nobody who is calling: what a stranger may see as a page


def operations():
    return [
        (f"{method} {path}", operation)
        for path, methods in openapi()["paths"].items()
        for method, operation in methods.items()
    ]


def test_every_endpoint_asks_who_is_calling_but_those_that_are_listed_as_open():
    opened = {operation["operationId"] for _, operation in operations() if not operation["security"]}
    unscoped = [name for name, operation in operations() for way in operation["security"] if way.get("ApiKey") == [""]]

    assert (opened, unscoped) == (OPEN_OPERATIONS, [])


def test_asks_only_for_scopes_that_a_key_can_have():
    asked = {scope for _, operation in operations() for way in operation["security"] for scope in way.get("ApiKey", ())}

    assert asked <= set(Scope.values) == {scopes.READ, scopes.REPORT, scopes.WORK, scopes.AUDIT}


def test_every_operation_says_what_it_answers():
    silent = [name for name, operation in operations() if not any(code[0] == "2" for code in operation["responses"])]

    assert silent == []


def test_operations_have_names_of_their_own():
    names = [operation["operationId"] for _, operation in operations()]

    assert len(names) == len(set(names))


def test_every_shape_has_a_name_of_its_own():
    shapes = [
        node.name
        for path in sorted(ROOT.glob("onegrid/*/api/*.py"))
        for node in ast.parse(path.read_text(encoding="utf8")).body
        if isinstance(node, ast.ClassDef) and node.name.endswith(("In", "Out"))
    ]

    assert [name for name in set(shapes) if shapes.count(name) > 1] == []


def test_the_api_is_the_one_we_published():
    published = (ROOT / "docs/reference/openapi.json").read_text(encoding="utf8")

    assert reference.page() == published, "run: make docs"
