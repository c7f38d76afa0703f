"""Read the parameters of an address into the struct that describes them, as strictly as a body."""

import inspect
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import cache
from typing import TypeVar, get_args

import msgspec
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.params.models import Query

from onegrid.core.api.bodies import in_utc, is_number
from onegrid.core.api.misfits import EXAMPLE, misfit
from onegrid.core.errors import InvalidInputError

StructT = TypeVar("StructT", bound=msgspec.Struct)


def parameters(request: HttpRequest, shape: type[StructT]) -> StructT:
    """
    Return the parameters of a request; one that takes several values may be repeated.

    :raises InvalidInputError: naming the parameter that is unknown, repeated or not possible.
    """
    several = _read_by(shape)
    given: dict[str, object] = {}
    require_known(request, several)
    for name, values in request.GET.lists():
        given[name] = values if several[name] else values[-1]
    try:
        read = msgspec.convert(given, shape, strict=False)
    except msgspec.ValidationError as fault:
        raise misfit(str(fault)) from fault
    moments = {name: at for name in given if isinstance(at := getattr(read, name), datetime)}
    for name, value in given.items():
        if name in moments and is_number(str(value)):
            message = _("Write the moment out, such as %(example)s.") % {"example": EXAMPLE}
            raise InvalidInputError(_("The query cannot be taken as it is."), fields={name: message})
    return msgspec.structs.replace(read, **{name: in_utc(at) for name, at in moments.items()})


def require_known(request: HttpRequest, names: Collection[str]) -> None:
    """
    Check that an address has no parameters but these: a filter misspelt would show more than was asked for.

    :raises InvalidInputError: naming the first one that is unknown.
    """
    for name in request.GET:
        if name not in names:
            message = _("There is no such field.")
            raise InvalidInputError(_("The query cannot be taken as it is."), fields={name: message})


def names_read(view: Callable[..., object]) -> Collection[str]:
    """Return the parameters that an endpoint of ninja's reads from its address, by its signature."""
    annotations = [parameter.annotation for parameter in inspect.signature(view).parameters.values()]
    shapes = [get_args(each)[0] for each in annotations if any(isinstance(said, Query) for said in get_args(each))]
    return {name for shape in shapes for name in shape.model_fields}


@cache
def _read_by(shape: type[msgspec.Struct]) -> Mapping[str, bool]:
    """Return the parameters that a shape knows, each with whether it takes several values."""
    fields = msgspec.structs.fields(shape)
    return {field.encode_name: getattr(field.type, "__origin__", None) is tuple for field in fields}
