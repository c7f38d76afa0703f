"""The catalogue: the tree of categories, and one of them whole."""

from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from ninja import Router

from onegrid.catalogue.api.schemas import CategoriesOut, CategoryDetailOut, CategoryOut
from onegrid.catalogue.readers import CategoryEntry, catalogue
from onegrid.core.api.scopes import READ, scoped
from onegrid.core.errors import NotFoundError

router = Router(tags=["catalogue"])


@router.get("", response=CategoriesOut, operation_id="categories")
@scoped(READ)
def categories(request: HttpRequest) -> CategoriesOut:  # noqa: ARG001 — ninja passes it
    """List the categories in force."""
    return CategoriesOut(categories=[_category(entry) for entry in catalogue().by_code.values()])


@router.get("/{code}", response=CategoryDetailOut, operation_id="category")
@scoped(READ)
def category(request: HttpRequest, code: str) -> CategoryDetailOut:  # noqa: ARG001 — ninja passes it
    """Show a category with its conditions, limits and extra questions."""
    entry = catalogue().by_code.get(code)
    if entry is None:
        raise NotFoundError(_("There is no such category."))
    admission = catalogue().admission(code, on=localdate())
    return CategoryDetailOut(
        **_category(entry).model_dump(),
        filing_condition=entry.filing_condition,
        filing_condition_en=entry.filing_condition_en,
        closing_condition=entry.closing_condition,
        closing_condition_en=entry.closing_condition_en,
        proof=list(entry.proof),
        limits=dict(entry.limits),
        lead=dict(entry.lead),
        sensitivity=entry.sensitivity,
        public_may_report=entry.public_may_report,
        form=dict(entry.form),
        admission=admission.decision if admission else None,
    )


def _category(entry: CategoryEntry) -> CategoryOut:
    return CategoryOut(
        code=entry.code,
        parent=entry.parent_code,
        name=entry.name,
        name_en=entry.name_en,
        is_leaf=entry.is_leaf,
        is_urgent=entry.is_urgent,
        version=entry.version,
    )
