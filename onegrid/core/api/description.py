"""
The description of the whole API, as OpenAPI 3.1.

Ninja describes its own operations; here the plain ones join them, and every
operation gets what all have in common: who may call, which headers are read,
and the shape of a refusal.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from django.db.models import TextChoices
from django.urls import NoReverseMatch

from onegrid.core.api.interface import OneGridAPI
from onegrid.core.api.plain import PlainOperation
from onegrid.core.api.problems import MEDIA_TYPE, ProblemOut
from onegrid.core.api.scopes import asked_scope, read_headers

Document = dict[str, Any]

_REF = "#/components/schemas/{name}"
_KEY, _SESSION = "ApiKey", "Session"
_SCHEMES: Document = {
    _KEY: {"type": "http", "scheme": "bearer", "description": "An API key of an account, with its scopes."},
    _SESSION: {
        "type": "apiKey", "in": "cookie", "name": "sessionid",
        "description": "A person signed in on the site; changes also need the header X-CSRFToken.",
    },
}  # fmt: skip
_REFUSALS = {"4XX": "Refused, with what to do about it.", "5XX": "Our fault, with the id to quote."}


def description(api: OneGridAPI, *, root: str) -> Document:
    """Return the OpenAPI document of an API mounted at `root`."""
    document: Document = dict(msgspec.to_builtins(dict(api.get_openapi_schema(path_prefix=root.strip("/") + "/"))))
    schemas: Document = document["components"].setdefault("schemas", {})
    for bound in api._get_bound_routers():  # noqa: SLF001 — ninja offers no other way to its operations
        for operations in bound.path_operations.values():
            for operation in operations.operations:
                described = _found(document["paths"], operation.operation_id)
                _complete(described, asked_scope(operation.view_func), read_headers(operation.view_func))
    shapes: list[type[msgspec.Struct]] = [ProblemOut]
    for plain in api.plain:
        shapes += [shape for shape in (*plain.answers.values(), plain.body, plain.parameters) if shape]
    _, components = msgspec.json.schema_components(shapes, schema_hook=_choices, ref_template=_REF)
    schemas |= components
    for plain in api.plain:
        described = _plain(plain, components)
        _complete(described, plain.scope, plain.headers)
        document["paths"].setdefault(f"{root}{plain.path}", {})[plain.method.lower()] = described
    document["components"]["securitySchemes"] = _SCHEMES
    document["paths"] = dict(sorted(document["paths"].items()))
    document["components"]["schemas"] = dict(sorted(schemas.items()))
    return document


def _choices(kind: type) -> Document:
    """Describe Django's choices, which msgspec reads but does not know how to describe."""
    assert issubclass(kind, TextChoices), kind
    return {"type": "string", "enum": kind.values}


def _found(paths: Document, operation_id: str | None) -> Document:
    for methods in paths.values():
        for described in methods.values():
            if described["operationId"] == operation_id:
                assert isinstance(described, dict)
                return described
    message = f"{operation_id} is not described."
    raise NoReverseMatch(message)


def _complete(described: Document, scope: str, headers: Mapping[str, str]) -> None:
    described["security"] = [{_KEY: [scope]}, {_SESSION: []}] if scope else []
    for name, text in headers.items():
        parameter = {"in": "header", "name": name, "required": False, "schema": {"type": "string"}, "description": text}
        described.setdefault("parameters", []).append(parameter)
    for status, text in _REFUSALS.items():
        content = {MEDIA_TYPE: {"schema": {"$ref": _REF.format(name=ProblemOut.__name__)}}}
        described["responses"][status] = {"description": text, "content": content}
    described["responses"] = {str(status): answer for status, answer in described["responses"].items()}


def _plain(plain: PlainOperation, components: Mapping[str, Any]) -> Document:
    described: Document = {
        "operationId": plain.operation_id,
        "summary": plain.summary,
        "tags": [plain.tag],
        "parameters": [],
        "responses": {
            str(status): {"description": "OK", "content": _json(shape)} for status, shape in plain.answers.items()
        },
    }
    if plain.files:
        binary = {"schema": {"type": "string", "format": "binary"}}
        described["responses"]["200"] = {"description": "OK", "content": dict.fromkeys(plain.files, binary)}
    if plain.description:
        described["description"] = plain.description
    if plain.body:
        described["requestBody"] = {"content": _json(plain.body), "required": True}
    if plain.parameters:
        shape = components[plain.parameters.__name__]
        described["parameters"] = [
            {"in": "query", "name": name, "required": name in shape.get("required", []), "schema": schema}
            for name, schema in shape["properties"].items()
        ]
    return described


def _json(shape: type[msgspec.Struct]) -> Document:
    return {"application/json": {"schema": {"$ref": _REF.format(name=shape.__name__)}}}
