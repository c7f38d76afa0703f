"""Whatever is wrong with a field of the API, a Chinese reader is told so in Chinese alone."""

import re

import msgspec
import pytest
from django.utils import translation
from pydantic import ValidationError

from config.api import PLAIN, api
from onegrid.core.api.faults import told
from onegrid.core.api.misfits import misfit

QUOTED = re.compile(r"“.*?”|'\w*'", re.DOTALL)  # what was sent, and what is possible here: codes
ENGLISH = re.compile(r"[A-Za-z]{2,}")
CODES = {"true", "false", "UUID"}
VALUES = [
    None, True, 1, -1, 0, 1.5, 1e30, 2**70, float("nan"), "", "zz", "zz" * 5000, "1" * 5000, "1e400", "9" * 18,
    "2026-01-01", "2026-13-01", "2026-01-01T00:00:00", "2026-13-01T00:00:00Z", [], ["zz"], [1], ["zz"] * 500, {},
    {"zz": 1},
]  # fmt: skip
LITERALS = [b"1e400", b"-1e400", b"9999999999999999999999999", b"1.0", b"true", b"{}"]
MODELS = {
    f"{operation.operation_id} {model.__name__}": model
    for _prefix, router in api._routers
    for view in router.path_operations.values()
    for operation in view.operations
    for model in operation.models
    if model.__name__ != "FileParams"  # the form decides what is a file
}


def struct_faults():
    """Say what msgspec finds in every field of the plain operations, as an address and as a body have it."""
    asked = [(each.parameters, value) for each in PLAIN if each.parameters for value in VALUES]
    for shape, value in asked:
        for name in shape.__struct_fields__:
            yield from _refused(msgspec.convert, {name: value}, shape, strict=False)
    bodies = [each.body for each in PLAIN if each.body]
    written = [*map(msgspec.json.encode, VALUES), *LITERALS]
    for shape, value in [(shape, value) for shape in bodies for value in written]:
        for name in shape.__struct_fields__:
            yield from _refused(msgspec.json.decode, b'{"%s": %s}' % (name.encode(), value), type=shape)


def _refused(read, *given, **how):
    try:
        read(*given, **how)
    except msgspec.ValidationError as fault:
        yield from misfit(str(fault)).fields.values()


def model_faults(model):
    """Say what pydantic finds in every field of an operation, and in the fields of its body."""
    for name, field in model.model_fields.items():
        inner = getattr(field.annotation, "model_fields", {})
        for value in [*VALUES, "\ud800", *({part: value} for part in inner for value in VALUES)]:
            try:
                model.model_validate({name: value})
            except ValidationError as fault:
                yield from map(told, fault.errors())


def english_in(message):
    return set(ENGLISH.findall(QUOTED.sub("", message))) - CODES


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_what_msgspec_finds_is_said_without_english(language):
    with translation.override(language):
        said = set(struct_faults())

    assert len(said) > 20
    assert [message for message in said if english_in(message)] == []


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_what_pydantic_finds_is_said_without_english(model):
    with translation.override("zh-hans"):
        said = set(model_faults(model))

    assert [message for message in said if english_in(message)] == []


def test_choices_are_listed_in_the_readers_language():
    fault = {"type": "enum", "ctx": {"expected": "'before', 'after' or 'other'"}}

    with translation.override("zh-hans"):
        assert told(fault) == "这里只能是以下之一：'before'、'after'或'other'。"
    with translation.override("en"):
        assert told(fault) == "This must be one of 'before', 'after' or 'other'."
