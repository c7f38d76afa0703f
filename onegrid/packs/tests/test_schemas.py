"""The published form of a pack: valid schemas, in step with the code, every name explained."""

import json

import pytest
from django.conf import settings
from jsonschema import Draft202012Validator

from onegrid.accounts.public import Role
from onegrid.catalogue.public import Sensitivity, TimeUnit
from onegrid.packs.readers.folder import SCHEMAS, schema
from onegrid.packs.rules.pack import TABLES
from onegrid.units.public import HolidaySource, UnitKind

NAMES = sorted(path.stem for path in SCHEMAS.glob("*.json"))
REFERENCE = (settings.ROOT / "docs" / "reference" / "packs.md").read_text(encoding="utf8")


@pytest.mark.parametrize("name", NAMES)
def test_is_a_valid_schema(name):
    Draft202012Validator.check_schema(json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf8")))


@pytest.mark.parametrize("name", [*TABLES, "pack"])
def test_explains_every_column_in_the_reference(name):
    properties = schema(name)["properties"]

    assert [
        column for column in properties if f"| `{column}` | {properties[column]['description']}" not in REFERENCE
    ] == []


def described(part):
    """Every name in a nested document, with its description."""
    for name, inner in part.get("properties", {}).items():
        yield name, inner["description"]
        yield from described(inner.get("items", {}))


def test_explains_every_name_of_the_calendars_in_the_reference():
    names = list(described(schema("calendars")))

    assert [name for name, text in names if f"| `{name}` | {text}" not in REFERENCE] == []


def test_knows_the_sources_of_holidays():
    calendar = schema("calendars")["properties"]["calendars"]["items"]["properties"]

    assert set(calendar["holidays"]["enum"]) == set(HolidaySource.values)


def choices(table, column):
    return set(schema(table)["properties"][column]["enum"]) - {""}


def test_knows_the_kinds_of_the_code():
    assert choices("units", "kind") == set(UnitKind.values)
    assert choices("categories", "sensitivity") == set(Sensitivity.values)
    assert choices("categories", "time_unit") == set(TimeUnit.values)


def test_every_role_has_its_file():
    assert choices("posts", "role") | choices("system_accounts", "role") | {"grid_worker"} == set(Role.values)
