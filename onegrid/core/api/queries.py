"""Read the parameters of an address into the struct that describes them, as strictly as a body."""

from datetime import datetime
from typing import TypeVar

import msgspec
from django.http import HttpRequest
from django.utils.translation import gettext as _

from onegrid.core.api.bodies import EXAMPLE, is_number, misfit
from onegrid.core.errors import InvalidInputError

StructT = TypeVar("StructT", bound=msgspec.Struct)


def parameters(request: HttpRequest, shape: type[StructT]) -> StructT:
    """
    Return the parameters of a request; one that takes several values may be repeated.

    :raises InvalidInputError: naming the parameter that is unknown, repeated or not possible.
    """
    fields = {field.encode_name: field for field in msgspec.structs.fields(shape)}
    given: dict[str, object] = {}
    for name, values in request.GET.lists():
        if name not in fields:
            raise InvalidInputError(
                _("The query cannot be taken as it is."), fields={name: _("There is no such field.")}
            )
        given[name] = values if _takes_several(fields[name]) else values[-1]
    try:
        read = msgspec.convert(given, shape, strict=False)
    except msgspec.ValidationError as fault:
        raise misfit(str(fault)) from fault
    for name, value in given.items():
        if isinstance(getattr(read, fields[name].name), datetime) and is_number(str(value)):
            message = _("Write the moment out, such as %(example)s.") % {"example": EXAMPLE}
            raise InvalidInputError(_("The query cannot be taken as it is."), fields={name: message})
    return read


def _takes_several(field: msgspec.structs.FieldInfo) -> bool:
    return getattr(field.type, "__origin__", None) is tuple
