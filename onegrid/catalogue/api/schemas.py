"""The shapes in which the catalogue leaves through the API."""

from ninja import Schema

from onegrid.catalogue.models import Sensitivity


class CategoryOut(Schema):
    """A category in the tree; only leaves take cases."""

    code: str
    parent: str
    name: str
    name_en: str
    is_leaf: bool
    is_urgent: bool
    version: int


class CategoriesOut(Schema):
    """The categories in force, in the order of the catalogue, parents before their children."""

    categories: list[CategoryOut]


class CategoryDetailOut(CategoryOut):
    """A category with all that filing, handling and closing ask of it; `form` is a JSON Schema of extra questions."""

    filing_condition: str
    filing_condition_en: str
    closing_condition: str
    closing_condition_en: str
    proof: list[str]
    limits: dict[str, float]
    lead: dict[str, str]
    sensitivity: Sensitivity
    public_may_report: bool
    form: dict[str, object]
    admission: str | None
