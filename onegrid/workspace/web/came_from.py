"""From which list somebody came to a case: its words stand in the address of the case."""

from django.http import HttpRequest

from onegrid.workspace.rules.filters import NAMES, Filters, NoSuchFilterError, read


def list_of(request: HttpRequest) -> Filters | None:
    """Return the list that the address names; a case that was opened otherwise has none."""
    words = {name: values for name, values in request.GET.lists() if name in NAMES and name != "after"}
    if "scope" not in words:
        return None
    try:
        return read(words)
    except NoSuchFilterError:
        return None


def kept(filters: Filters | None) -> str:
    """Return what an address of a case carries on of its list."""
    return filters.query() if filters else ""
